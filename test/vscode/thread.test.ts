import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/installVsCode.ts';
import { connect, type MlflowClient } from '../../src/client/connect.ts';
import { lockFile, readLock } from '../../src/embedded/lock.ts';
import type { Run } from '../../src/entities/run.ts';
import { hasPython } from '../python/environments.ts';
import { accessibilityProblems } from './driver/accessibility.ts';
import {
  acceptQuickInput,
  clickMenuEntry,
  clickNotification,
  notifications,
  pick,
  runCommand,
  statusBar,
  terminalText,
  typeInQuickInput,
} from './driver/commands.ts';
import { type Editor, openEditor, setTheme, THEMES, type Theme } from './driver/editor.ts';
import { hidePanel } from './driver/panel.ts';
import { stopServer } from './driver/stopServer.ts';
import { clickCodeLens, codeLenses, openFile } from './driver/textEditor.ts';
import {
  collapseRow,
  expandRow,
  openContainer,
  openContextMenu,
  selectRows,
  treeRow,
  treeRows,
} from './driver/trees.ts';
import { until } from './driver/until.ts';
import { tabTitles, webview } from './driver/webviews.ts';

const MINUTES = 60_000;

/** The thread from the clone to a live run, on the sample and with a real training: each test goes on where the last one ended. */
describe.runIf(hasPython())('from MLproject to registered model', () => {
  let folder: string;
  let workspace: string;
  let editor: Editor;
  let client: MlflowClient;
  const runs: Run[] = [];

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'thread-'));
    workspace = path.join(folder, 'elasticnet');
    fs.cpSync(path.join(ROOT, 'samples', 'elasticnet'), workspace, {
      recursive: true,
      filter: (file) => !file.includes('.mlflow'),
    });
    editor = await openEditor({
      workspace,
      environment: {
        MLFLOW_ENV_ROOT: path.join(ROOT, '.python-test', 'envs'),
        MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache'),
      },
      // As where other people use the machine: all that follows has to know the token by itself.
      settings: { 'mlflow.server.tokenMode': 'token' },
    });
  });

  afterAll(async () => {
    await editor?.close();
    stopServer(path.join(workspace, '.mlflow'), path.join(folder, 'cache'));
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Runs `main` from its lens with this alpha. @returns the run once the server has it */
  async function runMain(alpha: string): Promise<Run> {
    const { page } = editor;
    await openFile(page, path.join(workspace, 'MLproject'));
    await clickCodeLens(page, 'Run with parameters');
    const form = await webview(page, /^Run main/);
    await form.locator('vscode-text-field[data-parameter="alpha"] input').fill(alpha);
    await until('the preview', async () =>
      (await form.locator('.preview').textContent())?.includes(`--alpha ${alpha}`),
    );
    await form.locator('vscode-button', { hasText: 'Run' }).first().click();
    return until(
      'the run on the server',
      async () => {
        const found = await client.tracking.searchRuns({ experimentIds: await experimentIds() });
        return found.items.find(({ info }) => !runs.some((run) => run.info.runId === info.runId));
      },
      { ms: 4 * MINUTES, instead: () => terminalText(page) },
    );
  }

  async function experimentIds(): Promise<string[]> {
    const experiments = await client.tracking.searchExperiments({});
    return experiments.items.map(({ experimentId }) => experimentId);
  }

  async function finished({ info }: Run): Promise<Run> {
    return until(
      'the end of the run',
      async () => {
        const run = await client.tracking.getRun(info.runId);
        return run.info.status !== 'RUNNING' && run;
      },
      { ms: 2 * MINUTES, instead: () => terminalText(editor.page) },
    );
  }

  /** Number of points that the chart of a metric was drawn with. */
  async function points(chart: Frame, metric: string): Promise<number> {
    return Number(await chart.locator(`.card[data-metric="${metric}"]`).getAttribute('data-points'));
  }

  test('opening the folder starts the server and shows the views', async () => {
    const { page } = editor;
    await openContainer(page, 'MLflow');
    const item = await until(
      'the tracking URI in the status bar',
      async () => (await statusBar(page)).find(({ text }) => /127\.0\.0\.1:\d+/.test(text)),
      { ms: 30_000, instead: () => statusBar(page) },
    );
    const url = `http://${/127\.0\.0\.1:\d+/.exec(item.text)?.[0]}`;
    const store = fs.realpathSync(path.join(workspace, '.mlflow'));
    const token = readLock(lockFile(path.join(folder, 'cache'), store))?.token;
    expect(token).toHaveLength(43);
    await expect(connect(url).tracking.searchExperiments({})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    client = connect(url, { token });
    expect((await client.tracking.searchExperiments({})).items.map(({ name }) => name)).toEqual(['Default']);

    await runCommand(page, 'Terminal: Create New Terminal');
    await page.locator('.terminal-wrapper.active .xterm').first().click();
    await page.keyboard.type('echo "<$MLFLOW_TRACKING_URI>"\n');
    await until('the URI in the terminal', async () => (await terminalText(page)).includes(`<${client.url}>`), {
      instead: () => terminalText(page),
    });
  });

  test('the lens asks for the parameters and runs the entry point', async () => {
    const { page } = editor;
    await openFile(page, path.join(workspace, 'MLproject'));
    await until(
      'two lenses',
      async () => (await codeLenses(page)).filter((l) => /Run with parameters/.test(l)).length === 2,
    );
    const run = await runMain('0.3');
    runs.push(run);
    expect(Object.fromEntries(run.data.tags)).toMatchObject({
      'mlflow.source.type': 'PROJECT',
      'mlflow.source.name': workspace,
      'mlflow.project.entryPoint': 'main',
      'mlflow.project.backend': 'local',
      'mlflow.project.env': expect.stringMatching(/^(virtualenv|uv)$/),
    });
  });

  test('the run is in the tree while it trains, with its latest metric', async () => {
    const { page } = editor;
    const [run] = runs;
    await expandRow(page, /^elasticnet$/);
    const name = run?.info.runName ?? '';
    await treeRow(page, name);
    const description = async () => (await treeRows(page)).find(({ label }) => label === name)?.description ?? '';
    const first = await until('a metric beside the run', async () => /rmse [\d.]+/.exec(await description())?.[0], {
      ms: MINUTES,
      instead: description,
    });
    await until('a newer value', async () => {
      const now = /rmse [\d.]+/.exec(await description())?.[0];
      return now !== undefined && now !== first;
    });
  });

  test('the chart grows and keeps zoom and selection', async () => {
    const { page } = editor;
    const [run] = runs;
    await openContextMenu(page, run?.info.runName ?? '');
    await clickMenuEntry(page, 'Show Metric Chart');
    const chart = await webview(page, /^Metrics ·/);
    const card = chart.locator('.card[data-metric="rmse"]');
    await until('twenty points', async () => (await points(chart, 'rmse')) > 20, { ms: 30_000 });
    await card.locator('canvas').scrollIntoViewIfNeeded();
    const plot = await card.locator('canvas').boundingBox();
    if (!plot) throw new Error('the chart has no place');
    await page.mouse.move(plot.x + plot.width * 0.3, plot.y + plot.height / 2);
    await page.mouse.down();
    await page.mouse.move(plot.x + plot.width * 0.6, plot.y + plot.height / 2, { steps: 6 });
    await page.mouse.up();
    const visible = () => card.evaluate(({ dataset: { xMin, xMax } }) => [Number(xMin), Number(xMax)]);
    const zoomed = await until('the zoom', async () => {
      const range = await visible();
      return (range[0] ?? 0) > 0 && range;
    });
    const before = await points(chart, 'rmse');
    await until('more points', async () => (await points(chart, 'rmse')) > before);
    expect(await visible()).toEqual(zoomed);

    await finished(run as Run);
    await until('all points', async () => (await points(chart, 'rmse')) === 120);
    expect(await visible()).toEqual(zoomed);
    await editor.screenshot('chart-dark');
  });

  test('Register Model makes a version of a new model', async () => {
    const { page } = editor;
    const [run] = runs;
    await expandRow(page, run?.info.runName ?? '');
    await expandRow(page, 'Models');
    await openContextMenu(page, 'model');
    await clickMenuEntry(page, 'Register Model');
    await typeInQuickInput(page, 'ElasticNet');
    await acceptQuickInput(page);
    const version = await until('the version on the server', async () => {
      const found = await client.registry.searchModelVersions({ filter: "name = 'ElasticNet'" });
      return found.items[0];
    });
    expect(version).toMatchObject({ version: '1', runId: run?.info.runId });
    await until(
      'the version in the tree',
      async () => (await treeRows(page, 'Registered Models')).find(({ level }) => level > 1),
      { instead: () => treeRows(page) },
    );
  });

  test('a second run is in the tree within a second of its start', async () => {
    const { page } = editor;
    const run = await runMain('0.9');
    runs.push(run);
    await treeRow(page, run.info.runName, 1_000);
    await finished(run);
  });

  test('its model becomes the next version of the existing one', async () => {
    const { page } = editor;
    // The first run's rows would stand between the second run and its models.
    await collapseRow(page, runs[0]?.info.runName ?? '');
    await expandRow(page, runs[1]?.info.runName ?? '');
    await expandRow(page, 'Models');
    await openContextMenu(page, 'model');
    await clickMenuEntry(page, 'Register Model');
    await pick(page, 'ElasticNet');
    await until('version 2', async () => {
      const { aliases, latestVersions } = await client.registry.getRegisteredModel('ElasticNet');
      return aliases.size === 0 && latestVersions.some(({ version }) => version === '2');
    });
    await until(
      'both versions in the tree',
      async () => (await treeRows(page, 'Registered Models')).filter(({ level }) => level > 1).length >= 2,
      { instead: () => treeRows(page) },
    );
    await collapseRow(page, runs[1]?.info.runName ?? '');
  });

  test('Compare Runs shows what differs', async () => {
    const { page } = editor;
    const [first, second] = runs.map(({ info }) => info.runName);
    await selectRows(page, [first ?? '', second ?? '']);
    await openContextMenu(page, second ?? '');
    await clickMenuEntry(page, 'Compare Runs');
    const comparison = await webview(page, /^Compare 2 runs/);
    const row = (key: string) => comparison.locator(`tr[data-key="${key}"] td`).allInnerTexts();
    await until('the parameters', async () => (await row('alpha')).length === 2);
    expect((await row('alpha')).toSorted()).toEqual(['0.3', '0.9']);
    expect(await row('l1_ratio')).toEqual([]);
    const rmse = await row('rmse');
    // A value of each run, and the curves of both.
    expect(rmse).toHaveLength(3);
    expect(rmse.slice(0, 2).join(' ')).toMatch(/[+−][\d.]+ %/);
    await comparison.locator('vscode-checkbox', { hasText: 'Only differences' }).click();
    await until('all parameters', async () => (await row('l1_ratio')).length === 2);
  });

  test('one chart draws several runs', async () => {
    const { page } = editor;
    const [first, second] = runs.map(({ info }) => info.runName);
    await selectRows(page, [first ?? '', second ?? '']);
    await openContextMenu(page, second ?? '');
    await clickMenuEntry(page, 'Show Metric Chart');
    const chart = await webview(page, /^Metrics · 2 runs/);
    const card = chart.locator('.card[data-metric="rmse"]');
    await until('both curves', async () => (await card.getAttribute('data-curves')) === '2');
    await chart
      .locator('li', { hasText: first ?? '' })
      .locator('input')
      .click();
    await until('one curve', async () => (await card.getAttribute('data-curves')) === '1');
    await chart
      .locator('li', { hasText: first ?? '' })
      .locator('input')
      .click();
    await until('both curves again', async () => (await card.getAttribute('data-curves')) === '2');
  });

  test('the evaluation of the registered model runs', async () => {
    const { page } = editor;
    await openFile(page, path.join(workspace, 'MLproject'));
    await clickCodeLens(page, 'Run with parameters', 1);
    const form = await webview(page, /^Run evaluate/);
    await form.locator('vscode-button', { hasText: 'Run' }).first().click();
    const run = await until(
      'the evaluation',
      async () => {
        const found = await client.tracking.searchRuns({
          experimentIds: await experimentIds(),
          filter: "tags.mlflow.project.entryPoint = 'evaluate' and metrics.test_rmse > 0",
        });
        return found.items[0];
      },
      { ms: MINUTES, instead: () => terminalText(page) },
    );
    runs.push(run);
    expect((await finished(run)).info.status).toBe('FINISHED');
  });

  test('a training that fails leaves a FAILED run, its terminal and a notification', async () => {
    const { page } = editor;
    fs.writeFileSync(path.join(workspace, 'train.py'), 'raise SystemExit("no data")\n');
    const run = await runMain('0.1');
    expect((await finished(run)).info.status).toBe('FAILED');
    await until('the notification', async () =>
      (await notifications(page)).some(({ message }) => /main failed \(exit code 1\)/.test(message)),
    );
    await clickNotification(page, 'Show output');
    await until('the output', async () => (await terminalText(page)).includes('no data'), {
      instead: () => terminalText(page),
    });
  });

  test('panels come back after a reload', async () => {
    const { page } = editor;
    const panels = async () => (await tabTitles(page)).filter((title) => /^(Metrics|Compare)/.test(title)).toSorted();
    const before = await panels();
    expect(before).toEqual(['Compare 2 runs', 'Metrics · 2 runs', `Metrics · ${runs[0]?.info.runName}`]);
    await editor.reload();
    await until('the panels', async () => (await panels()).join() === before.join(), {
      instead: () => tabTitles(page),
    });
    const chart = await webview(page, /^Metrics · [a-z]/);
    await until('the curves', async () => (await points(chart, 'rmse')) === 120, { ms: 30_000 });
    const card = chart.locator('.card[data-metric="rmse"]');
    expect(Number(await card.getAttribute('data-x-min'))).toBeGreaterThan(0);
  });

  test.each(Object.keys(THEMES) as Theme[])('every screen can be looked at in %s', async (theme) => {
    const { page } = editor;
    await setTheme(page, theme);
    await openContainer(page, 'MLflow');
    await hidePanel(page);
    for (const [name, title] of [
      ['chart', /^Metrics · 2 runs/],
      ['compare', /^Compare 2 runs/],
    ] as const) {
      const frame = await webview(page, title);
      await page.waitForTimeout(500);
      await editor.screenshot(`${name}-${theme}`);
      expect(await accessibilityProblems(frame), `${name} in ${theme}`).toEqual([]);
    }
    expect(editor.errors()).toEqual([]);
  });

  test('nothing of ours went wrong meanwhile', () => {
    expect(editor.log()).not.toMatch(/\[error\]/);
  });
});
