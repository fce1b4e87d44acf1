import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writePlainExperiment, writePlainRun, writePlainRuns } from '../support/plainRuns.ts';
import { statusBar } from './driver/commands.ts';
import { type Editor, openEditor, setTheme, THEMES, type Theme } from './driver/editor.ts';
import { hideHover, hoverStatusBar } from './driver/hover.ts';
import { stopServer } from './driver/stopServer.ts';
import { openContainer, selectRows, treeRow, treeRows } from './driver/trees.ts';
import { until } from './driver/until.ts';

const RUNS = 6_000;
const READING = /^reading [\d,]+ of 6,000…$/;

let folder: string;
let workspace: string;
let editor: Editor;

async function open(environment: Readonly<Record<string, string>> = {}): Promise<void> {
  editor = await openEditor({
    workspace,
    environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache'), ...environment },
  });
  await openContainer(editor.page, 'MLflow');
  await until('the server', async () => (await status())?.text.includes('127.0.0.1'), { ms: 30_000 });
}

async function close(): Promise<void> {
  await editor?.close();
  stopServer(path.join(workspace, 'mlruns'), path.join(folder, 'cache'));
}

const status = async () => (await statusBar(editor.page)).find(({ id }) => id.endsWith('mlflow.server'));

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'large-'));
  workspace = path.join(folder, 'wine');
  writePlainExperiment(path.join(workspace, 'mlruns'), '0', 'Default');
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** What the tree showed at a time. */
interface Shown {
  readonly experiment: string;
  readonly runs: readonly string[];
}

/** Keeps everything that the tree shows from now on of an experiment that is open. */
async function record(page: Page, experiment: string): Promise<void> {
  await page.evaluate((name) => {
    const shown: Shown[] = [];
    Object.assign(window, { shown });
    const look = () => {
      const rows = [...document.querySelectorAll('.part.sidebar .monaco-list-rows > .monaco-list-row')];
      const text = (row: Element, part: string) => row.querySelector(`.label-${part}`)?.textContent ?? '';
      const own = rows.find((row) => text(row, 'name') === name);
      if (!own) return;
      const runs = rows.map((row) => text(row, 'name')).filter((label) => /^run \d+$/.test(label));
      const now = { experiment: text(own, 'description'), runs };
      if (JSON.stringify(now) !== JSON.stringify(shown.at(-1))) shown.push(now);
    };
    const everything = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver(look).observe(document.querySelector('.part.sidebar') as Element, everything);
  }, experiment);
}

const recorded = (page: Page) => page.evaluate(() => (window as unknown as { shown: Shown[] }).shown);

describe('a store of thousands of runs', () => {
  beforeAll(() => open());
  afterAll(close);

  test('shows its newest runs while the others are being read, and how far that is', async () => {
    const { page } = editor;
    const elsewhere = writePlainRuns(path.join(folder, 'elsewhere'), '1', 'wine', RUNS);
    await record(page, 'wine');
    fs.renameSync(elsewhere, path.join(workspace, 'mlruns', '1'));
    await until('rows during the reading', async () =>
      (await recorded(page)).some(({ experiment, runs }) => READING.test(experiment) && runs.length > 0),
    );
    await editor.screenshot('reading-dark');
    await until(
      'the final count',
      async () =>
        (await treeRows(page)).some(({ label, description }) => label === 'wine' && description === '6,000 runs'),
      { ms: 60_000, instead: () => treeRows(page) },
    );
    expect((await treeRows(page)).filter(({ level }) => level === 3)[0]?.label).toBe(`run ${RUNS}`);
    const counts = (await recorded(page)).flatMap(({ experiment }) =>
      READING.test(experiment) ? Number(experiment.split(' ')[1]?.replace(',', '')) : [],
    );
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    await editor.screenshot('read-dark');
  });

  test('shows the run of another program within a second, and keeps what is selected', async () => {
    const { page } = editor;
    await selectRows(page, [`run ${RUNS - 3}`]);
    const start = performance.now();
    writePlainRun(path.join(workspace, 'mlruns', '1'), {
      name: 'from outside',
      startTime: Date.now(),
      status: 'RUNNING',
    });
    await treeRow(page, 'from outside', 3_000);
    expect(performance.now() - start).toBeLessThan(1_500);
    await until('the count', async () =>
      (await treeRows(page)).some(({ description }) => description === '6,001 runs'),
    );
    expect(await page.locator('.part.sidebar .monaco-list-row.selected .label-name').allInnerTexts()).toEqual([
      `run ${RUNS - 3}`,
    ]);
  });

  test.each(Object.keys(THEMES) as Theme[])('says in %s that changes are seen at once', async (theme) => {
    const { page } = editor;
    await setTheme(page, theme);
    expect((await status())?.text).not.toContain('polling');
    await hoverStatusBar(page, 'mlflow.server', 'Changes by other programs: seen at once');
    await editor.screenshot(`events-${theme}`);
    await hideHover(page);
  });

  test('goes on without errors', () => {
    expect(editor.errors()).toEqual([]);
    expect(editor.log()).not.toMatch(/\[error\]/);
  });
});

describe('a store whose file system does not tell', () => {
  beforeAll(() => open({ MLFLOW_WORKBENCH_POLL: '1' }));
  afterAll(close);

  test('is looked at instead, and the status bar says so', async () => {
    const { page } = editor;
    await until('the word', async () => (await status())?.text.endsWith('· polling'), { instead: status });
    for (const theme of Object.keys(THEMES) as Theme[]) {
      await setTheme(page, theme);
      await hoverStatusBar(
        page,
        'mlflow.server',
        'Changes by other programs: looked for every second, because MLFLOW_WORKBENCH_POLL is set',
      );
      await editor.screenshot(`polling-${theme}`);
      await hideHover(page);
    }
    writePlainRun(path.join(workspace, 'mlruns', '1'), { name: 'seen by looking', startTime: Date.now() + 1_000 });
    await treeRow(page, 'seen by looking', 3_000);
    expect(editor.errors()).toEqual([]);
  });
});
