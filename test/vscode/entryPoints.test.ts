import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MlflowClient } from '../../src/client/connect.ts';
import type { Run } from '../../src/entities/run.ts';
import { accessibilityProblems } from './driver/accessibility.ts';
import {
  acceptQuickInput,
  clickMenuEntry,
  pick,
  quickPickLabels,
  runCommand,
  terminalText,
  typeInQuickInput,
} from './driver/commands.ts';
import { type Editor, openEditor, setTheme, THEMES, type Theme } from './driver/editor.ts';
import { hidePanel } from './driver/panel.ts';
import { themeProblems } from './driver/pixels.ts';
import { serverOf } from './driver/serverOf.ts';
import { stopServer } from './driver/stopServer.ts';
import { clickCodeLens, codeLenses, goTo, openFile, squiggles } from './driver/textEditor.ts';
import { expandRow, openContainer, openContextMenu, treeRow, treeRows } from './driver/trees.ts';
import { until } from './driver/until.ts';
import { tabTitles, webview } from './driver/webviews.ts';

/** Runs without Python, so that only the editor takes time. */
const PROJECT = `name: wine
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5, description: Strength of the regularisation}
      epochs: {type: int, default: 3}
      fast: {type: bool, default: true, description: Skips the plots}
      data: {type: path, default: data.csv, description: Table with a column "quality"}
      pause: {type: float, default: 0}
    command: "echo alpha is {alpha} {epochs} {fast} {data}; sleep {pause}"
  evaluate:
    parameters:
      model: {type: string, description: Name of a registered model}
    command: "echo evaluated {model}"
`;

describe.skipIf(process.platform === 'win32')('an entry point in the editor', () => {
  let folder: string;
  let workspace: string;
  let editor: Editor;
  let client: MlflowClient;

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'entry-'));
    workspace = path.join(folder, 'wine');
    fs.mkdirSync(workspace);
    fs.writeFileSync(path.join(workspace, 'MLproject'), PROJECT);
    fs.writeFileSync(path.join(workspace, 'data.csv'), 'quality\n1\n');
    fs.writeFileSync(path.join(workspace, 'other.csv'), 'quality\n2\n');
    editor = await openEditor({ workspace, environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') } });
    await openContainer(editor.page, 'MLflow');
    await openFile(editor.page, path.join(workspace, 'MLproject'));
    client = await serverOf(workspace, path.join(folder, 'cache'));
  });

  afterAll(async () => {
    await editor?.close();
    stopServer(path.join(workspace, '.mlflow'), path.join(folder, 'cache'));
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  async function runs(): Promise<readonly Run[]> {
    const experiments = await client.tracking.searchExperiments({});
    const experimentIds = experiments.items.map(({ experimentId }) => experimentId);
    return (await client.tracking.searchRuns({ experimentIds, orderBy: ['attributes.start_time ASC'] })).items;
  }

  function newRun(known: readonly Run[], isIt: (run: Run) => boolean = () => true): Promise<Run> {
    return until(
      'a new run',
      async () => (await runs()).find((run) => isIt(run) && !known.some((it) => it.info.runId === run.info.runId)),
      { ms: 30_000, instead: () => terminalText(editor.page) },
    );
  }

  function ended({ info }: Run): Promise<Run> {
    return until(
      'the end of the run',
      async () => {
        const run = await client.tracking.getRun(info.runId);
        return run.info.status !== 'RUNNING' && run;
      },
      { ms: 30_000 },
    );
  }

  function lens(text: RegExp): Promise<string> {
    return until(`the lens ${text}`, async () => (await codeLenses(editor.page)).find((it) => text.test(it)), {
      instead: () => codeLenses(editor.page),
    });
  }

  const paramsOf = ({ data }: Run) => Object.fromEntries(data.params);

  function type(form: Frame, parameter: string, value: string): Promise<void> {
    return form.locator(`vscode-text-field[data-parameter="${parameter}"] input`).fill(value);
  }

  function shown(form: Frame, parameter: string): Promise<string> {
    return form.locator(`vscode-text-field[data-parameter="${parameter}"] input`).inputValue();
  }

  function runButton(form: Frame) {
    return form.locator('vscode-button[appearance="primary"]');
  }

  /** By its key, and waits until its editor is gone: the next one has the same title. */
  async function close(form: Frame): Promise<void> {
    await form.locator('.run-form').press('Escape');
    await until('no form', async () => !(await tabTitles(editor.page)).some((title) => /^Run main/.test(title)));
  }

  async function openForm(nth = 0): Promise<Frame> {
    await openFile(editor.page, path.join(workspace, 'MLproject'));
    await clickCodeLens(editor.page, 'Run with parameters', nth);
    return webview(editor.page, nth === 0 ? /^Run main/ : /^Run evaluate/);
  }

  test('is run at once with its defaults, and its line tells how it went', async () => {
    const { page } = editor;
    await lens(/Run with parameters/);
    expect((await codeLenses(page)).filter((title) => /run(s)?$|·/.test(title))).toEqual([]);
    await clickCodeLens(page, 'Run');
    const run = await ended(await newRun([]));
    expect(paramsOf(run)).toEqual({ alpha: '0.5', epochs: '3', fast: 'True', data: 'data.csv', pause: '0' });
    await lens(/^\s*1 s$/);
    await lens(/^1 run$/);
  });

  test('has a line that follows what its runs log', async () => {
    const [run] = await runs();
    const point = { key: 'rmse', value: 0.71304, step: 0, timestamp: Date.now() };
    await client.tracking.logBatch(run?.info.runId ?? '', { metrics: [point] });
    await lens(/1 s · rmse 0.713/);
    await editor.screenshot('lenses-dark');
    await clickCodeLens(editor.page, 'rmse 0.713');
    const details = await webview(editor.page, new RegExp(run?.info.runName ?? ''));
    await details.locator('[data-key="rmse"]').waitFor();
    await details.locator('header button', { hasText: 'Run Again' }).waitFor();
  });

  test('is asked for what it cannot run without', async () => {
    const { page } = editor;
    await openFile(page, path.join(workspace, 'MLproject'));
    await clickCodeLens(page, /^\s*Run$/, 1);
    const form = await webview(page, /^Run evaluate/);
    await form.locator('.preview', { hasText: 'evaluated' }).waitFor();
    expect((await form.locator('.error').allTextContents()).join('')).toBe('');
    await runButton(form).click();
    await form.locator('.error', { hasText: 'A value is required.' }).waitFor();
    await until('the focus', () =>
      form.evaluate(() => document.activeElement?.getAttribute('data-parameter') === 'model'),
    );
    await editor.screenshot('form-error-dark');
    const known = await runs();
    // By keyboard alone: the field has the focus, Enter runs.
    await page.keyboard.type("it's wine");
    await page.keyboard.press('Enter');
    const run = await ended(await newRun(known));
    expect(paramsOf(run)).toEqual({ model: `'it'"'"'s wine'` });
  });

  test('has a form that checks, remembers and keeps presets', async () => {
    const { page } = editor;
    await openForm();
    const form = await openForm();
    expect((await tabTitles(page)).filter((title) => /^Run main/.test(title))).toHaveLength(1);
    await type(form, 'alpha', 'much');
    await form.locator('.error', { hasText: 'no number' }).waitFor();
    await type(form, 'alpha', '0.25');
    await form.locator('vscode-text-field[data-parameter="epochs"] input').press('ArrowUp');
    await until('the next number', async () => (await shown(form, 'epochs')) === '4');
    await until('the preview', async () => (await form.locator('.preview').textContent())?.includes('0.25 4 True'));
    await form.locator('vscode-button[title^="Choose data"]').click();
    await until('the dialog', async () => (await quickPickLabels(page)).includes('other.csv'));
    await pick(page, 'other.csv');
    await until('the chosen file', async () => (await shown(form, 'data')) === 'other.csv');
    await form.locator('vscode-button[title^="Save values"]').click();
    await page.locator('.quick-input-widget:visible').first().waitFor();
    await typeInQuickInput(page, 'gentle');
    await acceptQuickInput(page);
    await form.locator('.presets vscode-option', { hasText: 'gentle' }).waitFor({ state: 'attached' });
    const known = await runs();
    await form.locator('vscode-text-field[data-option="runName"] input').fill('by hand');
    await form.locator('vscode-text-field[data-option="experiment"] input').fill('other');
    await runButton(form).click();
    const run = await ended(await newRun(known));
    expect(run.info.runName).toBe('by hand');
    expect((await client.tracking.getExperiment(run.info.experimentId)).name).toBe('other');
    expect(paramsOf(run)).toMatchObject({ alpha: '0.25', epochs: '4', data: 'other.csv' });

    const again = await openForm();
    expect([await shown(again, 'alpha'), await shown(again, 'data')]).toEqual(['0.25', 'other.csv']);
    await again.locator('.presets vscode-dropdown').click();
    await again.locator('.presets vscode-option', { hasText: 'Defaults' }).click();
    await until('the defaults', async () => (await shown(again, 'alpha')) === '0.5');
    await until('the focus to stay', () =>
      again.evaluate(() => (document.activeElement?.closest('.presets') ?? null) !== null),
    );
    await again.locator('.presets vscode-dropdown').click();
    await again.locator('.presets vscode-option', { hasText: 'gentle' }).click();
    await until('the preset', async () => (await shown(again, 'alpha')) === '0.25');
    await again.locator('vscode-button[title="Delete preset"]').click();
    await until('no preset', async () => (await again.locator('vscode-option', { hasText: 'gentle' }).count()) === 0);
    await close(again);
  });

  test('has a form that keeps what was typed while the file gets another parameter', async () => {
    const { page } = editor;
    const form = await openForm();
    await type(form, 'alpha', '0.9');
    await until('the preview', async () => (await form.locator('.preview').textContent())?.includes('0.9'));
    await openFile(page, path.join(workspace, 'MLproject'));
    await goTo(page, 9, 50);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('size: {type: int, default: 7}');
    await page.keyboard.press('Control+S');
    await until('the saved file', () => fs.readFileSync(path.join(workspace, 'MLproject'), 'utf8').includes('size:'));
    const again = await webview(page, /^Run main/);
    await until('the new field', async () => (await shown(again, 'size').catch(() => '')) === '7');
    expect(await shown(again, 'alpha')).toBe('0.9');
    await close(again);
  });

  test('has a form that comes back after a reload, with what was typed', async () => {
    const { page } = editor;
    const form = await openForm();
    await type(form, 'alpha', '0.75');
    await until('the preview', async () => (await form.locator('.preview').textContent())?.includes('0.75'));
    await editor.reload();
    const back = await webview(page, /^Run main/);
    await until('the value', async () => (await shown(back, 'alpha').catch(() => '')) === '0.75', { ms: 30_000 });
    await close(back);
  });

  test('is swept over several values, as children of one run', async () => {
    const { page } = editor;
    const form = await openForm();
    await form.locator('.row', { hasText: 'alpha' }).locator('vscode-button.sweep').click();
    await type(form, 'alpha', '0.1, 0.2');
    await form.locator('.row', { hasText: 'fast' }).locator('vscode-button.sweep').click();
    await until('the number of runs', async () => (await runButton(form).textContent()) === 'Run 4 Times');
    await form.locator('vscode-text-field[data-option="jobs"] input').fill('0');
    await form.locator('.error', { hasText: 'whole number' }).waitFor();
    await form.locator('vscode-text-field[data-option="jobs"] input').fill('2');
    await form.locator('vscode-text-field[data-option="runName"] input').fill('grid');
    await form.locator('vscode-text-field[data-option="experiment"] input').fill('');
    await type(form, 'epochs', '5');
    await form.locator('.row', { hasText: 'pause' }).locator('vscode-button.sweep').click();
    await type(form, 'pause', '0..0.3 step 0.01');
    await until('more runs than usual', async () => (await runButton(form).textContent()) === 'Run 124 Times');
    await runButton(form).click();
    await page.locator('.monaco-dialog-box', { hasText: "Run 'main' 124 times?" }).waitFor();
    await editor.screenshot('sweep-large-dark');
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Cancel' }).click();
    await form.locator('.row', { hasText: 'pause' }).locator('vscode-button.sweep').click();
    await until('one value again', async () => (await runButton(form).textContent()) === 'Run 4 Times');
    expect(await shown(form, 'pause')).toBe('0');
    await editor.screenshot('form-sweep-dark');
    expect(await accessibilityProblems(form)).toEqual([]);
    const known = await runs();
    await runButton(form).click();
    const parent = await newRun(known, ({ info }) => info.runName === 'grid');
    expect((await ended(parent)).info.status).toBe('FINISHED');
    const said = await until('the end of the output', async () => {
      const text = await terminalText(page);
      return text.includes('4 of 4 runs finished') && text;
    });
    expect(said).toMatch(/\[4\] alpha is 0\.2/);
    await openContainer(page, 'MLflow');
    await expandRow(page, /^wine$/);
    await until(
      'the children counted',
      async () =>
        (await treeRows(page)).some(({ label, description }) => label === 'grid' && /^4 runs/.test(description)),
      { instead: () => treeRows(page) },
    );
    const [child] = (await runs()).filter(({ data }) => data.tags.get('mlflow.parentRunId') === parent.info.runId);
    const point = { key: 'rmse', value: 0.5, step: 0, timestamp: Date.now() };
    await client.tracking.logBatch(child?.info.runId ?? '', { metrics: [point] });
    await expandRow(page, 'grid');
    await treeRow(page, 'alpha=0.1 fast=True');
    await hidePanel(page);
    await editor.screenshot('sweep-tree-dark');
    await openContextMenu(page, 'grid');
    await clickMenuEntry(page, 'Show Metric Chart');
    const chart = await webview(page, new RegExp(`^Metrics · ${child?.info.runName}`));
    await chart.locator('.card[data-metric="rmse"]').waitFor();
    await openFile(page, path.join(workspace, 'MLproject'));
    await lens(/^6 runs$/);
  });

  test('is run again with the same parameters, or others', async () => {
    const { page } = editor;
    const known = await runs();
    await openContextMenu(page, 'alpha=0.2 fast=False');
    await clickMenuEntry(page, 'Run Again with the Same Parameters');
    const run = await ended(await newRun(known));
    expect(paramsOf(run)).toMatchObject({ alpha: '0.2', fast: 'False', data: 'other.csv' });
    await openContextMenu(page, 'grid');
    await clickMenuEntry(page, 'Run Again with Other Parameters');
    const form = await webview(page, /^Run main/);
    expect(await shown(form, 'alpha')).toBe('0.1, 0.2');
    expect(await shown(form, 'fast')).toBe('True, False');
    await close(form);
  });

  test('ends all runs of a sweep when its task is stopped', async () => {
    const { page } = editor;
    const form = await openForm();
    await form.locator('.presets vscode-dropdown').click();
    await form.locator('.presets vscode-option', { hasText: 'Defaults' }).click();
    await form.locator('.row', { hasText: 'epochs' }).locator('vscode-button.sweep').click();
    await type(form, 'epochs', '1..3');
    await type(form, 'pause', '60');
    await form.locator('vscode-text-field[data-option="jobs"] input').fill('2');
    const known = await runs();
    await runButton(form).click();
    const isChild = (run: Run) => run.data.tags.has('mlflow.parentRunId');
    const fresh = async () => (await runs()).filter((run) => !known.some((it) => it.info.runId === run.info.runId));
    await until('two runs at a time', async () => (await fresh()).filter(isChild).length === 2, { ms: 30_000 });
    await lens(/running/);
    await editor.screenshot('sweep-running-dark');
    await runCommand(page, 'Tasks: Terminate Task');
    await pick(page, 'main');
    await until('the end of all', async () => (await fresh()).every(({ info }) => info.status === 'KILLED'), {
      ms: 30_000,
      instead: async () => (await fresh()).map(({ info }) => info),
    });
    expect((await fresh()).length).toBe(3);
    await lens(/killed/);
  });

  test('is a task of tasks.json, which has nothing to complain of', async () => {
    const { page } = editor;
    const task = {
      label: 'two of them',
      type: 'mlflow',
      project: '.',
      entryPoint: 'main',
      parameters: { alpha: 0.3, fast: false, data: 'data.csv' },
      sweep: { epochs: '1..2' },
      jobs: 2,
      maxRuns: 10,
      experiment: 'tasks',
      runName: 'from a task',
      envManager: 'local',
    };
    const elsewhere = { backend: 'kubernetes', backendConfig: 'kubernetes.json', version: 'main' };
    const all = { ...task, ...elsewhere, label: 'elsewhere' };
    fs.mkdirSync(path.join(workspace, '.vscode'));
    const file = path.join(workspace, '.vscode', 'tasks.json');
    fs.writeFileSync(file, JSON.stringify({ version: '2.0.0', tasks: [task, all] }, undefined, 2));
    await openFile(page, file);
    await until(
      'the outline',
      async () => (await page.locator('.breadcrumb-item, .monaco-breadcrumb-item').count()) > 2,
    );
    await page.waitForTimeout(2_000);
    expect(await squiggles(page)).toBe(0);
    const known = await runs();
    // VS Code reads the new file when its watcher tells of it.
    await until(
      'the task',
      async () => {
        await runCommand(page, 'Tasks: Run Task');
        await page.waitForTimeout(1_000);
        const isOffered = (await quickPickLabels(page)).some((label) => label.includes('two of them'));
        if (!isOffered) await page.keyboard.press('Escape');
        return isOffered;
      },
      { ms: 60_000 },
    );
    await pick(page, 'two of them');
    const parent = await newRun(known, ({ info }) => info.runName === 'from a task');
    expect((await ended(parent)).info.status).toBe('FINISHED');
    const children = (await runs()).filter(({ data }) => data.tags.get('mlflow.parentRunId') === parent.info.runId);
    expect(children.map(({ data }) => data.params.get('epochs')).sort()).toEqual(['1', '2']);
    expect(children.map(({ data }) => data.params.get('fast'))).toEqual(['false', 'false']);
  });

  test('has its runs in a list', async () => {
    const { page } = editor;
    await openFile(page, path.join(workspace, 'MLproject'));
    await clickCodeLens(page, /^\d+ runs$/);
    await until('the newest run', async () => (await quickPickLabels(page)).includes('epochs=2'), {
      instead: () => quickPickLabels(page),
    });
    await editor.screenshot('runs-list-dark');
    await typeInQuickInput(page, 'by hand');
    await pick(page, 'by hand');
    const row = await treeRow(page, 'by hand');
    await until('the run to be selected', async () => (await row.getAttribute('aria-selected')) === 'true');
  });

  test.each(Object.keys(THEMES) as Theme[])('has a form that everybody can use in %s', async (theme) => {
    const { page } = editor;
    await setTheme(page, theme);
    await hidePanel(page);
    await openFile(page, path.join(workspace, 'MLproject'));
    await lens(/runs$/);
    await editor.screenshot(`lenses-${theme}`);
    const form = await openForm();
    await type(form, 'alpha', 'much');
    await form.locator('.error', { hasText: 'no number' }).waitFor();
    await editor.screenshot(`form-${theme}`);
    expect(await accessibilityProblems(form), theme).toEqual([]);
    expect(await themeProblems(form.locator('body')), theme).toEqual([]);
    await close(form);
  });

  test('has a form that fits into a narrow window', async () => {
    const { page } = editor;
    await setTheme(page, 'dark');
    await page.setViewportSize({ width: 760, height: 900 });
    const form = await openForm();
    await form.locator('.preview').waitFor();
    expect(await form.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await editor.screenshot('form-narrow');
  });

  test('and nothing of ours went wrong meanwhile', () => {
    expect(editor.errors()).toEqual([]);
    expect(editor.log()).not.toMatch(/\[error\]/);
  });
});
