import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { clickMenuEntry, notifications, pick, quickPickLabels, runCommand } from './driver/commands.ts';
import { type Editor, openEditor } from './driver/editor.ts';
import { stopServer } from './driver/stopServer.ts';
import { expandRow, openContainer, openContextMenu, treeRow, treeRows } from './driver/trees.ts';
import { until } from './driver/until.ts';

let folder: string;
let workspace: string;
let editor: Editor;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'listing-'));
  workspace = path.join(folder, 'wine');
  fs.mkdirSync(workspace);
  const store = await openFileTrackingStore({ root: path.join(workspace, '.mlflow') });
  const experimentId = await store.createExperiment({ name: 'wine' });
  for (const [at, rmse] of [0.9, 0.5, 0.7].entries()) {
    const startTime = Date.now() - 10_000 + at;
    const userId = at === 2 ? os.userInfo().username : 'ada';
    const { info } = await store.createRun({ experimentId, userId, runName: `run ${at}`, startTime });
    const params = [{ key: 'alpha', value: `0.${at}` }];
    const metrics = [2 * rmse, rmse].map((value, step) => ({ key: 'rmse', value, step, timestamp: startTime }));
    await store.logBatch(info.runId, { metrics, params });
    await store.updateRun(info.runId, { status: 'FINISHED', endTime: startTime + 1_000 });
  }
  await store.close();
  editor = await openEditor({ workspace, environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') } });
});

afterAll(async () => {
  await editor?.close();
  stopServer(path.join(workspace, '.mlflow'), path.join(folder, 'cache'));
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** The names of the listed runs, top to bottom. */
async function listed(): Promise<string> {
  const rows = await treeRows(editor.page);
  return rows.flatMap(({ label }) => (/^run \d/.test(label) ? label.slice(0, 5) : [])).join();
}

async function untilListed(names: string): Promise<void> {
  await until(`the runs ${names}`, async () => (await listed()) === names, { instead: listed });
}

test('runs are filtered in the language of MLflow, with its words at hand', async () => {
  const { page } = editor;
  await openContainer(page, 'MLflow');
  await expandRow(page, /wine/);
  await untilListed('run 2,run 1,run 0');
  await runCommand(page, 'MLflow: Filter Runs…', { closes: false });
  await until('the keys of the runs', async () =>
    (await quickPickLabels(page)).some((label) => label.includes('metrics.rmse')),
  );
  const applies = (filter: string) => async () =>
    (await quickPickLabels(page))[0]?.includes(`Show runs where ${filter}`);
  await page.keyboard.type('rms');
  await until('the first letters', applies('rms'));
  await page.keyboard.press('Enter');
  await until('the whole key', applies('metrics.rmse'));
  await page.keyboard.type('< 0.8');
  await until('what it will show', applies('metrics.rmse < 0.8'));
  await editor.screenshot('listing-filter');
  await pick(page, 'Show runs where');
  await untilListed('run 2,run 1');
  await editor.screenshot('listing-filtered');
});

test('a run shows its curve when the mouse rests on it', async () => {
  const { page } = editor;
  // What is drawn anew under the mouse shows nothing.
  await until('the number of listed runs', async () =>
    (await treeRows(page)).some(({ label, description }) => label === 'wine' && description === '2 runs'),
  );
  await (await treeRow(page, 'run 1')).hover();
  await until('the curve', () =>
    page
      .locator('.monaco-hover img')
      .evaluateAll((images) => images.some((it) => (it as HTMLImageElement).naturalWidth > 300)),
  );
  await editor.screenshot('listing-tooltip');
  await page.mouse.move(900, 500);
});

test('what is filtered can be sorted, and stays over a reload', async () => {
  const { page } = editor;
  await runCommand(page, 'MLflow: Sort Runs By…', { closes: false });
  await pick(page, 'metrics.rmse');
  await pick(page, 'Ascending');
  await untilListed('run 1,run 2');
  await editor.reload();
  await openContainer(page, 'MLflow');
  await untilListed('run 1,run 2');
  await runCommand(page, 'MLflow: Show My Runs Only');
  await untilListed('run 2');
  await runCommand(page, 'MLflow: Show All Runs');
  await untilListed('run 2,run 1,run 0');
});

test('a filter that cannot be read is told as the server tells it', async () => {
  const { page } = editor;
  await runCommand(page, 'MLflow: Filter Runs…', { closes: false });
  await page.keyboard.type('metrics.rmse ~ 1');
  await page.keyboard.press('Enter');
  await until('the problem', () => page.locator('.quick-input-list .codicon-error').count());
  await editor.screenshot('listing-problem');
  await page.keyboard.press('Escape');
  await untilListed('run 2,run 1,run 0');
});

test('deleted runs are listed by themselves, and come back', async () => {
  const { page } = editor;
  await treeRow(page, 'run 0');
  await openContextMenu(page, 'run 0');
  await clickMenuEntry(page, 'Delete Run');
  await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Delete' }).first().click();
  await untilListed('run 2,run 1');
  await until('the way back', async () => (await notifications(page)).length > 0);
  await runCommand(page, 'MLflow: Show Deleted Runs');
  await untilListed('run 0');
  await openContextMenu(page, 'run 0');
  await clickMenuEntry(page, 'Restore Run');
  await untilListed('');
  await editor.screenshot('listing-empty');
  await (await treeRow(page, 'No such runs')).click();
  await untilListed('run 2,run 1,run 0');
  expect(editor.errors()).toEqual([]);
});
