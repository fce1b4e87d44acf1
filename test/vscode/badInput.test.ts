import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lockFile, readLock } from '../../src/embedded/lock.ts';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { clickMenuEntry, runCommand } from './driver/commands.ts';
import { type Editor, openEditor } from './driver/editor.ts';
import { stopServer } from './driver/stopServer.ts';
import { expandRow, openContainer, openContextMenu, treeRow, treeRows } from './driver/trees.ts';
import { until } from './driver/until.ts';
import { webview } from './driver/webviews.ts';

let folder: string;
let workspace: string;
let editor: Editor;

const LONG = `long ${'name '.repeat(2_000)}`;
const HTML = '<img src=x onerror=alert(1)> `b`';
const EXPERIMENT = `experiment ${HTML}`;
const store = () => path.join(workspace, '.mlflow');
const cache = () => path.join(folder, 'cache');

/** Metrics as no careful program logs them: value and step of each point. */
const METRICS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  'all nan': [0, 1, 2].map((step) => [Number.NaN, step]),
  'one point': [[0.5, 0]],
  equal: [0, 1, 2].map((step) => [7, step]),
  'out of order': [
    [3, 30],
    [1, 10],
    [2, 20],
    [Infinity, 15],
  ],
  negative: [
    [1, -20],
    [2, -10],
    [3, 0],
  ],
};

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bad-'));
  workspace = path.join(folder, 'wine');
  fs.mkdirSync(workspace);
  const tracking = await openFileTrackingStore({ root: store() });
  const experimentId = await tracking.createExperiment({ name: EXPERIMENT });
  const create = async (runName: string, startTime = Date.now() - 5_000) => {
    const { info } = await tracking.createRun({ experimentId, runName, startTime });
    await tracking.updateRun(info.runId, { status: 'FINISHED', endTime: startTime + 1_000 });
    return { runId: info.runId, place: path.join(store(), experimentId, info.runId) };
  };
  for (const [key, points] of Object.entries(METRICS)) {
    const { runId } = await create(key);
    const metrics = points.map(([value, step]) => ({ key: 'rmse', value, step, timestamp: 1 }));
    await tracking.logBatch(runId, { metrics });
  }
  const { place: html } = await create(HTML);
  fs.writeFileSync(path.join(html, 'params', 'prompt'), LONG);
  fs.writeFileSync(path.join(html, 'tags', 'mlflow.note.content'), `${HTML}\n${LONG}`);
  const { place: long } = await create('to be long');
  const meta = path.join(long, 'meta.yaml');
  fs.writeFileSync(meta, fs.readFileSync(meta, 'utf8').replace("'to be long'", LONG.trim()));
  fs.rmSync(path.join(long, 'tags'), { recursive: true });
  const { place: old } = await create('before 1970', -86_400_000);
  fs.rmSync(path.join(old, 'artifacts'), { recursive: true });
  fs.writeFileSync(path.join(old, 'metrics', 'early'), '-5000 0.5 0\n-4000 0.25 1\n');
  await tracking.close();
  editor = await openEditor({ workspace, environment: { MLFLOW_WORKBENCH_CACHE: cache() } });
  await openContainer(editor.page, 'MLflow');
  await expandRow(editor.page, EXPERIMENT);
});

afterAll(async () => {
  await editor?.close();
  stopServer(store(), cache());
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const description = async (label: string) =>
  (await treeRows(editor.page)).find((row) => row.label === label)?.description ?? '';

test('rows of odd runs are lines like others', async () => {
  const wanted: Readonly<Record<string, RegExp>> = {
    'all nan': /^rmse NaN · /,
    'one point': /^rmse 0\.5 · /,
    equal: /^▄▄▄ rmse 7 · /,
    'out of order': /^▁·▄█ rmse 3 · |^▁·▅█ rmse 3 · /,
    negative: /^▁▅█ rmse 3 · |^▁▄█ rmse 3 · /,
    [HTML]: /now|min ago/,
    'before 1970': /1969-12-31/,
  };
  for (const [label, expected] of Object.entries(wanted)) {
    await until(label, async () => expected.test(await description(label)), { instead: () => description(label) });
  }
  const long = (await treeRows(editor.page)).find(({ label }) => label.startsWith('long name'));
  expect(long?.label.length).toBeLessThanOrEqual(200);
  await editor.screenshot('bad-tree');
});

test('their tooltips open, and nothing in them runs', async () => {
  const { page } = editor;
  for (const label of [...Object.keys(METRICS), HTML, 'before 1970']) {
    await page.mouse.move(900, 500);
    await (await treeRow(page, label)).hover();
    const hover = page.locator('.monaco-hover:visible').first();
    await until(`the tooltip of ${label}`, async () => (await hover.innerText().catch(() => '')).includes(label), {
      instead: () => hover.innerText().catch(() => ''),
    });
  }
  expect(await page.locator('.monaco-hover img[src="x"]').count()).toBe(0);
  await page.mouse.move(900, 500);
});

test('their details open, and say what is missing', async () => {
  const { page } = editor;
  for (const label of [HTML, 'all nan', 'out of order', 'before 1970']) {
    await runCommand(page, 'View: Close All Editors');
    await openContextMenu(page, label);
    await clickMenuEntry(page, 'Show Run Details');
    const view = await webview(page, /./);
    await until(label, async () => (await view.locator('h1').textContent()) === label);
    expect(await view.locator('img[src="x"]').count()).toBe(0);
    if (label === 'before 1970') await view.locator('.note', { hasText: 'This run has no artifacts.' }).waitFor();
  }
  await editor.screenshot('bad-details');
});

test('a server that is killed comes back, and so do the tree and the details', async () => {
  const { page } = editor;
  const pid = () => readLock(lockFile(cache(), fs.realpathSync(store())))?.pid;
  const before = pid();
  expect(before).toBeGreaterThan(0);
  process.kill(before ?? 0, 'SIGKILL');
  await until('another server', async () => pid() !== undefined && pid() !== before, { ms: 60_000 });
  const client = await openFileTrackingStore({ root: store() });
  const [experiment] = (await client.searchExperiments({ filter: `name LIKE 'experiment%'` })).items;
  await client.createRun({
    experimentId: experiment?.experimentId ?? '',
    runName: 'afterwards',
    startTime: Date.now(),
  });
  await client.close();
  await expandRow(page, EXPERIMENT);
  await treeRow(page, 'afterwards', 30_000);
  const view = await webview(page, /before 1970/);
  await until('no line', async () => !(await view.locator('.notice:not(.refusal)').isVisible()), { ms: 30_000 });
  expect(await view.locator('h1').textContent()).toBe('before 1970');
});
