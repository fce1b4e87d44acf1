import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { clickMenuEntry, pick, quickPickLabels, runCommand } from './driver/commands.ts';
import { type Editor, openEditor, setTheme, THEMES, type Theme } from './driver/editor.ts';
import { colorName, colorShares, themeProblems } from './driver/pixels.ts';
import { serverOf } from './driver/serverOf.ts';
import { stopServer } from './driver/stopServer.ts';
import { expandRow, openContainer, openContextMenu, treeRow, treeRows } from './driver/trees.ts';
import { until } from './driver/until.ts';
import { tabTitles, webview } from './driver/webviews.ts';

let folder: string;
let workspace: string;
let editor: Editor;
const runIds: string[] = [];

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'groups-'));
  workspace = path.join(folder, 'wine');
  fs.mkdirSync(workspace);
  const store = await openFileTrackingStore({ root: path.join(workspace, '.mlflow') });
  const experimentId = await store.createExperiment({ name: 'wine' });
  for (const [at, alpha] of ['0.5', '10', '9', '0.5'].entries()) {
    const startTime = Date.now() - 10_000 + at;
    const tags = new Map(at === 3 ? [['mlflow.parentRunId', runIds[0] ?? '']] : []);
    const { info } = await store.createRun({ experimentId, runName: `run ${at}`, startTime, tags });
    const metrics = [4, 3, 2, 1].map((value, step) => ({ key: 'rmse', value: value + at, step, timestamp: startTime }));
    await store.logBatch(info.runId, { metrics, params: [{ key: 'alpha', value: alpha }] });
    await store.updateRun(info.runId, { status: 'FINISHED', endTime: startTime + 1_000 });
    runIds.push(info.runId);
  }
  await store.close();
  editor = await openEditor({ workspace, environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') } });
  await openContainer(editor.page, 'MLflow');
  await expandRow(editor.page, 'wine');
});

afterAll(async () => {
  await editor?.close();
  stopServer(path.join(workspace, '.mlflow'), path.join(folder, 'cache'));
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const row = async (wanted: string) => (await treeRows(editor.page)).find(({ label }) => label === wanted);

test('a row has the curve of its main metric', async () => {
  const description = async () => (await row('run 2'))?.description ?? '';
  await until('the curve', async () => /^█▆▃▁ rmse 3 · /.test(await description()), { instead: description });
  for (const theme of Object.keys(THEMES) as Theme[]) {
    await setTheme(editor.page, theme);
    await editor.screenshot(`groups-curves-${theme}`);
    const tree = editor.page.locator('.part.sidebar .customview-tree').first();
    expect(await themeProblems(tree), theme).toEqual([]);
    const dot = (await treeRow(editor.page, 'run 2')).locator('.custom-view-tree-node-item-icon');
    const color = await dot.evaluate((it) => getComputedStyle(it, '::before').color);
    expect((await colorShares(tree)).get(colorName(color)) ?? 0, `${theme}: ${color}`).toBeGreaterThan(0);
  }
  await setTheme(editor.page, 'dark');
});

test('the tooltip tells what is other than before, and leads on', async () => {
  const { page } = editor;
  await (await treeRow(page, 'run 2')).hover();
  const hover = page.locator('.monaco-hover:visible').first();
  await until('the tooltip', async () => /Other than run 1/.test(await hover.innerText().catch(() => '')));
  expect(await hover.innerText()).toMatch(/alpha\s+10 → 9/);
  await editor.screenshot('groups-tooltip');
  await hover.locator('a', { hasText: 'Compare with best' }).click();
  await until('the comparison', async () => (await tabTitles(page)).includes('Compare 2 runs'), {
    instead: () => tabTitles(page),
  });
  await page.mouse.move(900, 500);
});

test('runs are grouped by a parameter, nested ones stay below their parents', async () => {
  const { page } = editor;
  await runCommand(page, 'MLflow: Group Runs By…', { closes: false });
  await pick(page, 'params.alpha');
  const groups = async () => (await treeRows(page)).flatMap(({ label, level }) => (level === 3 ? label : [])).join();
  await until('the groups', async () => (await groups()) === 'alpha 0.5,alpha 9,alpha 10', { instead: groups });
  expect((await row('alpha 0.5'))?.description).toBe('1 run · best rmse 1');
  await expandRow(page, 'alpha 0.5');
  await expandRow(page, 'run 0');
  await treeRow(page, 'run 3');
  await editor.screenshot('groups-parameter');
});

test('a run that gets another value goes to another group', async () => {
  const { page } = editor;
  const { tracking } = await serverOf(workspace, path.join(folder, 'cache'));
  await tracking.logBatch(runIds[1] ?? '', { tags: [{ key: 'team', value: 'red' }] });
  await until('the tag to be known', async () => {
    await runCommand(page, 'MLflow: Group Runs By…', { closes: false });
    await until('the choices', async () => (await quickPickLabels(page)).some((label) => label.includes('No groups')));
    const isKnown = (await quickPickLabels(page)).includes('tags.team');
    if (isKnown) await pick(page, 'tags.team');
    else await page.keyboard.press('Escape');
    await page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
    return isKnown;
  });
  await expandRow(page, 'no team');
  await tracking.logBatch(runIds[2] ?? '', { tags: [{ key: 'team', value: 'blue' }] });
  await treeRow(page, 'team blue');
  await editor.reload();
  await openContainer(page, 'MLflow');
  await expandRow(page, 'wine');
  await treeRow(page, 'team red');
  await runCommand(page, 'MLflow: Group Runs By…', { closes: false });
  await pick(page, 'No groups');
  await treeRow(page, 'run 1');
});

test('the description of a run is edited from the tree', async () => {
  const { page } = editor;
  await openContextMenu(page, 'run 1');
  await clickMenuEntry(page, 'Edit Description…');
  const details = await webview(page, /^run 1$/);
  const field = details.locator('textarea[aria-label^="Description"]');
  await field.waitFor();
  await until('the focus', () => field.evaluate((it) => it === document.activeElement));
  await field.fill('# A **note**');
  await page.keyboard.press('Control+Enter');
  await details.locator('.markdown strong', { hasText: 'note' }).waitFor();
  expect(editor.errors()).toEqual([]);
});
