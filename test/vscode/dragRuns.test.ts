import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import {
  clickMenuEntry,
  clickNotification,
  notifications,
  pick,
  quickPickLabels,
  runCommand,
} from './driver/commands.ts';
import { type Editor, openEditor } from './driver/editor.ts';
import { stopServer } from './driver/stopServer.ts';
import { expandRow, openContainer, openContextMenu, selectRows, treeRow, treeRows } from './driver/trees.ts';
import { until } from './driver/until.ts';
import { webview } from './driver/webviews.ts';

let folder: string;
let workspace: string;
let editor: Editor;
const runIds: string[] = [];
let modelId: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'drag-'));
  workspace = path.join(folder, 'wine');
  fs.mkdirSync(workspace);
  fs.writeFileSync(path.join(workspace, 'look.py'), 'import mlflow\n\n\n');
  const store = await openFileTrackingStore({ root: path.join(workspace, '.mlflow') });
  const wineId = await store.createExperiment({ name: 'wine' });
  await store.createExperiment({ name: 'beer' });
  for (const at of [0, 1, 2]) {
    const startTime = Date.now() - 10_000 + at;
    const { info } = await store.createRun({ experimentId: wineId, runName: `run ${at}`, startTime });
    const metrics = [1, 0.5].map((value, step) => ({ key: 'rmse', value: value + at, step, timestamp: startTime }));
    await store.logBatch(info.runId, { metrics, params: [{ key: 'alpha', value: String(at) }] });
    await store.updateRun(info.runId, { status: 'FINISHED', endTime: startTime + 1_000 });
    fs.writeFileSync(path.join(workspace, '.mlflow', wineId, info.runId, 'artifacts', 'note.txt'), `note ${at}`);
    runIds.push(info.runId);
  }
  const model = await store.createLoggedModel({ experimentId: wineId, name: 'wine model', sourceRunId: runIds[2] });
  modelId = model.modelId;
  await store.finalizeLoggedModel(modelId, 'LOGGED_MODEL_READY');
  await store.logOutputs(runIds[2] ?? '', [{ modelId, step: 0 }]);
  await store.close();
  editor = await openEditor({ workspace, environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') } });
  await openContainer(editor.page, 'MLflow');
  await expandRow(editor.page, 'wine');
  await treeRow(editor.page, 'run 0');
});

afterAll(async () => {
  await editor?.close();
  stopServer(path.join(workspace, '.mlflow'), path.join(folder, 'cache'));
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Drags by mouse, as slowly as the list and the editor want it. */
async function drag(from: Locator, to: Locator, { shift = false } = {}): Promise<void> {
  const { page } = editor;
  await from.locator('.label-name').first().hover();
  await page.mouse.down();
  const box = await to.boundingBox();
  if (!box) throw new Error('there is nothing to drop on');
  const [x, y] = [box.x + Math.min(box.width / 2, 120), box.y + box.height / 2];
  await page.mouse.move(x - 10, y, { steps: 8 });
  if (shift) await page.keyboard.down('Shift');
  await page.mouse.move(x, y, { steps: 4 });
  await page.waitForTimeout(300);
  await page.mouse.up();
  if (shift) await page.keyboard.up('Shift');
}

const tabs = () => editor.page.locator('.tabs-container .tab .label-name').allInnerTexts();

test('runs that are dropped on an experiment are copied there', async () => {
  const { page } = editor;
  await selectRows(page, ['run 0', 'run 1']);
  await drag(await treeRow(page, 'run 1'), await treeRow(page, 'beer'));
  await until(
    'the result',
    async () => (await notifications(page)).some((it) => it.message === 'Copied 2 runs to beer.'),
    {
      instead: () => notifications(page),
    },
  );
  await editor.screenshot('drag-copied');
  await clickNotification(page, 'Open Copy');
  await until('the copies', async () => (await treeRows(page)).filter(({ label }) => label === 'run 0').length === 2, {
    instead: () => treeRows(page),
  });
});

test('a run that is dropped on its own experiment stays as it is', async () => {
  const { page } = editor;
  await drag(await treeRow(page, 'run 2'), await treeRow(page, /^wine$/));
  await page.waitForTimeout(500);
  expect((await treeRows(page)).filter(({ label }) => label === 'run 2')).toHaveLength(1);
  expect((await notifications(page)).some(({ message }) => /to wine/.test(message))).toBe(false);
});

test('a run that is dropped on another is compared with it', async () => {
  const { page } = editor;
  await drag(await treeRow(page, 'run 2'), await treeRow(page, 'run 1'));
  await until('the comparison', async () => (await tabs()).some((tab) => /^Compare 2 runs/.test(tab)), {
    instead: tabs,
  });
});

test('a run that is dropped into Python is read there', async () => {
  const { page } = editor;
  await runCommand(page, 'View: Close All Editors');
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input').first().fill('look.py');
  await pick(page, 'look.py');
  await page.locator('.monaco-editor .view-line').first().waitFor();
  await openContainer(page, 'MLflow');
  const line = page.locator('.editor-instance .view-line').nth(2);
  await drag(await treeRow(page, 'run 2'), line, { shift: true });
  const text = () => page.locator('.editor-instance .view-lines').innerText();
  await until('the snippet', async () => (await text()).includes(`mlflow.get_run("${runIds[2]}")`), { instead: text });
  await editor.screenshot('drag-python');
  await expandRow(page, 'run 2');
  await expandRow(page, 'Models');
  await drag(await treeRow(page, 'wine model'), page.locator('.editor-instance .view-line').nth(3), { shift: true });
  await until('the model', async () => (await text()).includes(`mlflow.pyfunc.load_model("models:/${modelId}")`), {
    instead: text,
  });
});

test('a run that is dropped among the editors opens there, and stays over a reload', async () => {
  const { page } = editor;
  await runCommand(page, 'File: Revert File');
  await runCommand(page, 'View: Close All Editors');
  await drag(await treeRow(page, 'run 2'), page.locator('.part.editor .content').first());
  await until('its details', async () => (await tabs()).some((tab) => tab.includes('run 2')), { instead: tabs });
  const details = async () =>
    (
      await Promise.all(
        page.frames().map((frame) =>
          frame
            .locator('h1')
            .allInnerTexts()
            .catch(() => []),
        ),
      )
    ).flat();
  await until('its page', async () => (await details()).some((title) => title.includes('run 2')), { instead: details });
  await editor.screenshot('drag-details');
  await editor.reload();
  await until('its page again', async () => (await details()).some((title) => title.includes('run 2')), {
    instead: details,
  });
});

test('several runs that are dropped among the editors open as their charts, and stay over a reload', async () => {
  const { page } = editor;
  await runCommand(page, 'View: Close All Editors');
  await openContainer(page, 'MLflow');
  await expandRow(page, 'wine');
  await selectRows(page, ['run 0', 'run 1']);
  await drag(await treeRow(page, 'run 1'), page.locator('.part.editor .content').first());
  const card = async () => (await webview(page, /^2 runs/)).locator('.card[data-metric="rmse"]');
  const curves = async () => (await card()).getAttribute('data-curves');
  await until('their curves', async () => (await curves()) === '2', { instead: tabs });
  await editor.screenshot('drag-charts');
  await editor.reload();
  await until('their curves again', async () => (await curves()) === '2', { instead: tabs, ms: 30_000 });
  await runCommand(page, 'View: Close All Editors');
});

test('all of it goes without a mouse', async () => {
  const { page } = editor;
  await openContainer(page, 'MLflow');
  await expandRow(page, 'wine');
  await openContextMenu(page, 'run 2');
  await clickMenuEntry(page, 'Copy to Another Experiment…');
  await until('the experiments', async () => (await quickPickLabels(page)).some((label) => label.includes('beer')));
  expect(await quickPickLabels(page)).toContainEqual(expect.stringContaining('New Experiment…'));
  await pick(page, 'New Experiment…');
  await until('the question', async () =>
    /New Experiment in/.test(await page.locator('.quick-input-title').innerText()),
  );
  await page.keyboard.type('cider');
  await page.keyboard.press('Enter');
  await treeRow(page, 'cider');
  await until('the result', async () =>
    (await notifications(page)).some((it) => it.message === "Copied run 'run 2' to cider."),
  );
  await selectRows(page, ['run 2']);
  await openContextMenu(page, 'run 2');
  await clickMenuEntry(page, 'Compare with…');
  await until('the runs', async () => (await quickPickLabels(page)).some((label) => label.includes('run 1')));
  await page.keyboard.press('Escape');
  expect(editor.errors()).toEqual([]);
});
