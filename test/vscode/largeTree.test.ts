import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writePlainExperiment, writePlainRun, writePlainRuns } from '../support/plainRuns.ts';
import { type BusyStretches, busyStretches } from './driver/busyStretches.ts';
import { type Editor, openEditor } from './driver/editor.ts';
import { stopServer } from './driver/stopServer.ts';
import { expandRow, openContainer, treeRow, treeRows } from './driver/trees.ts';
import { until } from './driver/until.ts';

const RUNS = 10_000;
/** Pages of runs that are read, one after the other. */
const PAGES = 40;

let folder: string;
let workspace: string;
let editor: Editor;
let stretches: BusyStretches;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tree-'));
  workspace = path.join(folder, 'wine');
  const root = path.join(workspace, 'mlruns');
  writePlainExperiment(root, '0', 'Default');
  writePlainRuns(root, '1', 'wine', RUNS);
  stretches = busyStretches(folder);
  editor = await openEditor({
    workspace,
    extensions: [stretches.extension],
    environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache'), ...stretches.environment },
  });
  await openContainer(editor.page, 'MLflow');
  await until('all runs', async () => (await description()) === '10,000 runs', { ms: 120_000, instead: description });
});

afterAll(async () => {
  await editor?.close();
  stopServer(path.join(workspace, 'mlruns'), path.join(folder, 'cache'));
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const description = async () => (await treeRows(editor.page)).find(({ label }) => label === 'wine')?.description;

/** Number of the oldest run that is listed. */
async function oldest(): Promise<number> {
  await editor.page.keyboard.press('End');
  const numbers = (await treeRows(editor.page)).flatMap(({ label }) => /^run (\d+)$/.exec(label)?.[1] ?? []);
  return Math.min(...numbers.map(Number));
}

test('ten thousand runs are paged through, and go on, without holding up the editor', async () => {
  const { page } = editor;
  await expandRow(page, 'wine');
  await (await treeRow(page, `run ${RUNS}`)).click();
  await page.waitForTimeout(2_000);
  stretches.clear();
  for (let nth = 1; nth <= PAGES; nth++) {
    await page.keyboard.press('End');
    const more = await treeRow(page, 'More…');
    await more.click();
    await until('the next page', async () => (await oldest()) <= RUNS - 200 * (nth + 1) + 1, { instead: oldest });
  }
  await editor.screenshot('tree-pages');
  writePlainRun(path.join(workspace, 'mlruns', '1'), { name: 'new', startTime: Date.now(), status: 'RUNNING' });
  await until('the new one', async () => {
    await page.keyboard.press('Home');
    return (await description()) === '10,001 runs';
  });
  const busy = stretches.read();
  expect(busy.length).toBeGreaterThan(0);
  expect(Math.max(...busy)).toBeLessThan(50);
  expect(editor.errors()).toEqual([]);
});
