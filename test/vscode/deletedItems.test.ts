import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { clickMenuEntry, notifications, quickPickLabels, runCommand } from './driver/commands.ts';
import { type Editor, openEditor } from './driver/editor.ts';
import { stopServer } from './driver/stopServer.ts';
import { expandRow, openContainer, openContextMenu, selectRows, treeRow, treeRows } from './driver/trees.ts';
import { until } from './driver/until.ts';
import { tabTitles, webview } from './driver/webviews.ts';

let folder: string;
let workspace: string;
let editor: Editor;
const runIds: string[] = [];
let wineId: string;

const store = () => path.join(workspace, '.mlflow');

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'deleted-'));
  workspace = path.join(folder, 'wine');
  fs.mkdirSync(workspace);
  const tracking = await openFileTrackingStore({ root: store() });
  wineId = await tracking.createExperiment({ name: 'wine' });
  const oldId = await tracking.createExperiment({ name: 'old ideas' });
  for (const [at, experimentId] of [wineId, wineId, wineId, wineId, oldId].entries()) {
    const startTime = Date.now() - 10_000 + at;
    const { info } = await tracking.createRun({ experimentId, runName: `run ${at}`, startTime });
    await tracking.updateRun(info.runId, { status: 'FINISHED', endTime: startTime + 1_000 });
    runIds.push(info.runId);
    const artifacts = path.join(store(), experimentId, info.runId, 'artifacts');
    fs.writeFileSync(path.join(artifacts, 'weights.bin'), Buffer.alloc((at + 1) * 1024 * 1024, 1));
  }
  for (const runId of runIds.slice(0, 3)) await tracking.deleteRun(runId);
  await tracking.deleteExperiment(oldId);
  await tracking.close();
  editor = await openEditor({ workspace, environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') } });
});

afterAll(async () => {
  await editor?.close();
  stopServer(store(), path.join(folder, 'cache'));
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function labels(): Promise<string> {
  return (await treeRows(editor.page)).flatMap(({ label }) => (/^(run \d|old)/.test(label) ? label : [])).join();
}

const untilListed = (wanted: string) =>
  until(`the rows ${wanted}`, async () => (await labels()) === wanted, { instead: labels });

const dialog = () => editor.page.locator('.monaco-dialog-box');

async function answer(button: string): Promise<void> {
  await dialog().locator('.monaco-button', { hasText: button }).first().click();
  await dialog().waitFor({ state: 'detached' });
}

test('disk usage of an experiment lists the largest runs first', async () => {
  const { page } = editor;
  await openContainer(page, 'MLflow');
  await expandRow(page, 'wine');
  await untilListed('run 3');
  await openContextMenu(page, 'wine');
  await clickMenuEntry(page, 'Show Disk Usage');
  await until('the runs', async () => (await quickPickLabels(page)).length >= 4);
  expect((await quickPickLabels(page)).slice(0, 4)).toEqual(['run 3', 'run 2', 'run 1', 'run 0']);
  const title = await page.locator('.quick-input-title').textContent();
  expect(title).toMatch(/Disk usage of wine: 10(\.\d)? MB in 4 runs/);
  await editor.screenshot('deleted-usage');
  await page.keyboard.press('Escape');
});

test('deleted runs and experiments are listed together, and say what they take', async () => {
  const { page } = editor;
  await runCommand(page, 'MLflow: Show Deleted Runs');
  await expandRow(page, 'wine');
  await untilListed('old ideas,run 2,run 1,run 0');
  await (await treeRow(page, 'run 2')).hover();
  await until('its size', async () => /On disk\s*3 MB/.test(await page.locator('.monaco-hover').first().innerText()));
  await editor.screenshot('deleted-tooltip');
  await page.mouse.move(900, 500);
});

test('selected runs are deleted permanently, after a question that says what they take', async () => {
  const { page } = editor;
  await selectRows(page, ['run 0', 'run 1']);
  await openContextMenu(page, 'run 1');
  await clickMenuEntry(page, 'Delete Permanently…');
  await dialog().waitFor();
  const text = await dialog().innerText();
  expect(text).toMatch(/Delete 2 runs permanently\?/);
  expect(text).toMatch(/2 runs, 3(\.\d)? MB on the disk\. This cannot be undone\./);
  await editor.screenshot('deleted-question');
  await answer('Cancel');
  expect(await labels()).toBe('old ideas,run 2,run 1,run 0');

  await page.keyboard.press('Delete');
  await dialog().waitFor();
  await answer('Delete Permanently');
  await untilListed('old ideas,run 2');
  await until('the result', async () => (await notifications(page)).some((it) => /Deleted 2 runs/.test(it.message)));
  const left = fs.readdirSync(path.join(store(), wineId));
  expect(runIds.map((id) => left.includes(id))).toEqual([false, false, true, true, false]);
  expect(fs.existsSync(path.join(store(), '.purged.trash'))).toBe(false);
});

test('a deleted experiment comes back', async () => {
  const { page } = editor;
  await openContextMenu(page, 'old ideas');
  await editor.screenshot('deleted-menu');
  await clickMenuEntry(page, 'Restore Experiment');
  await until('its row', async () =>
    (await treeRows(page)).some(({ label, description }) => label === 'old ideas' && !description.includes('deleted')),
  );
  await openContextMenu(page, 'old ideas');
  await clickMenuEntry(page, 'Delete Experiment…');
  await dialog().waitFor();
  await answer('Delete');
  await until('its row', async () =>
    (await treeRows(page)).some(({ label, description }) => label === 'old ideas' && description.includes('deleted')),
  );
});

test('all that is deleted goes at once', async () => {
  const { page } = editor;
  await runCommand(page, 'MLflow: Empty the Deleted Items…', { closes: false });
  await dialog().waitFor();
  expect(await dialog().innerText()).toMatch(
    /Delete experiment 'old ideas' and run 'run 2' permanently\?\s+2 runs, 8(\.\d)? MB/,
  );
  await answer('Delete Permanently');
  await untilListed('');
  expect(fs.readdirSync(path.join(store(), '.trash'))).toEqual([]);
  await runCommand(page, 'MLflow: Show All Runs');
  await untilListed('run 3');
  await runCommand(page, 'MLflow: Empty the Deleted Items…', { closes: false });
  await until('the answer', async () =>
    (await notifications(page)).some((it) => /Nothing is deleted/.test(it.message)),
  );
  expect(editor.errors()).toEqual([]);
});

test('a deleted run is deleted permanently from its details, which close', async () => {
  const { page } = editor;
  await expandRow(page, 'wine');
  await openContextMenu(page, 'run 3');
  await clickMenuEntry(page, 'Show Run Details');
  const view = await webview(page, /^run 3$/);
  await view.locator('header button', { hasText: 'Delete…' }).click();
  await answer('Delete');
  await view.locator('header button', { hasText: 'Delete Permanently…' }).click();
  await dialog().waitFor();
  await answer('Delete Permanently');
  await until('the tab to close', async () => !(await tabTitles(page)).includes('run 3'));
  expect(fs.readdirSync(path.join(store(), wineId))).not.toContain(runIds[3]);
});

test('an experiment is renamed', async () => {
  const { page } = editor;
  // VS Code takes the runs that are gone for selected until something else is.
  await selectRows(page, ['wine']);
  await openContextMenu(page, 'wine');
  await clickMenuEntry(page, 'Rename Experiment…');
  await page.locator('.quick-input-widget input').first().fill('red wine');
  await page.keyboard.press('Enter');
  await treeRow(page, 'red wine');
});
