import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { accessibilityProblems } from './driver/accessibility.ts';
import { type Editor, openEditor, setTheme } from './driver/editor.ts';
import { openScreen } from './driver/screens.ts';
import { stopServer } from './driver/stopServer.ts';
import { until } from './driver/until.ts';
import { webview } from './driver/webviews.ts';

const CHILDREN = 9;

let folder: string;
let workspace: string;
let editor: Editor;
let table: Frame;

const root = () => path.join(workspace, '.mlflow');

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nested-'));
  workspace = path.join(folder, 'wine');
  fs.mkdirSync(workspace);
  await writeSweep();
  editor = await openEditor({ workspace, environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') } });
  table = await openScreen(editor, 'MLflow: Open Runs Table', 'sweeps');
  await until('rows', async () => (await names()).length > 2);
});

afterAll(async () => {
  await editor?.close();
  stopServer(root(), path.join(folder, 'cache'));
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** A sweep of nine runs, of which the first has a run of its own, between two runs without family. */
async function writeSweep(): Promise<void> {
  const store = await openFileTrackingStore({ root: root() });
  const experimentId = await store.createExperiment({ name: 'sweeps' });
  let startTime = Date.now() - 3_600_000;
  const add = async (runName: string, parent?: string, values: { alpha?: string; rmse?: number } = {}) => {
    startTime += 60_000;
    const tags = new Map(parent === undefined ? [] : [['mlflow.parentRunId', parent] as const]);
    const { info } = await store.createRun({ experimentId, userId: 'ada', runName, startTime, tags });
    await store.logBatch(info.runId, {
      params: [
        { key: 'kind', value: parent === undefined ? 'parent' : 'child' },
        ...(values.alpha === undefined ? [] : [{ key: 'alpha', value: values.alpha }]),
      ],
      metrics: values.rmse === undefined ? [] : [{ key: 'rmse', value: values.rmse, step: 0, timestamp: startTime }],
    });
    await store.updateRun(info.runId, { status: 'FINISHED', endTime: startTime + 5_000 });
    return info.runId;
  };
  await add('oldest', undefined, { alpha: '0.5', rmse: 0.9 });
  const sweep = await add('sweep');
  for (let n = 1; n <= CHILDREN; n++) {
    const child = await add(`alpha ${n}`, sweep, { alpha: String(n / 10), rmse: 0.7 + ((n * 5) % 9) / 100 });
    if (n === 1) await add('fold', child, { alpha: '0.1', rmse: 0.8 });
  }
  await add('newest', undefined, { alpha: '0.5', rmse: 0.65 });
  await store.close();
}

const row = (name: string): Locator => table.locator('.row').filter({ has: table.getByText(name, { exact: true }) });
const cell = (name: string, column: string) => row(name).locator(`[data-column="${column}"]`);
const status = () => table.locator('.state .count').innerText();

async function names(): Promise<string[]> {
  const rows = await table.locator('.canvas .row:not([aria-hidden])').evaluateAll((all) =>
    all.map((it) => ({
      at: Number(it.getAttribute('aria-rowindex')),
      name: it.querySelector('.name')?.textContent ?? '',
    })),
  );
  return rows.toSorted((a, b) => a.at - b.at).flatMap(({ name }) => name || []);
}

async function untilNames(expected: readonly string[]): Promise<void> {
  await until(expected.join(), async () => (await names()).join() === expected.join(), { instead: names });
}

const focusedName = () =>
  table.evaluate(() => document.activeElement?.closest('[role=row]')?.querySelector('.name')?.textContent);

const open = Array.from({ length: CHILDREN }, (_, at) => `alpha ${CHILDREN - at}`);

test('children are folded below their parent, which tells of them', async () => {
  await untilNames(['newest', 'sweep', 'oldest']);
  expect(await status()).toBe('13 runs');
  expect(await row('sweep').locator('.count').innerText()).toBe('(9)');
  expect(await row('sweep').getAttribute('aria-expanded')).toBe('false');
  expect(await table.locator('.grid').getAttribute('role')).toBe('treegrid');
  expect(await cell('sweep', 'params.alpha').innerText()).toBe('0.1–0.9');
  expect(await cell('sweep', 'metrics.rmse').innerText()).toBe('0.7');
  expect(await cell('sweep', 'metrics.rmse').getAttribute('title')).toMatch(/^best of 10 · min 0.7 ·/);
});

test('a click on the twistie opens and closes it, and selects nothing', async () => {
  await row('sweep').locator('.twistie').click();
  await untilNames(['newest', 'sweep', ...open, 'oldest']);
  expect(await row('alpha 3').getAttribute('aria-level')).toBe('2');
  expect(await status()).toBe('13 runs');
  await row('sweep').locator('.twistie').click();
  await untilNames(['newest', 'sweep', 'oldest']);
});

test('arrows open, close and lead to the parent, as in a tree', async () => {
  const { page } = editor;
  await row('sweep').locator('.name').click();
  await page.keyboard.press('ArrowRight');
  await untilNames(['newest', 'sweep', ...open, 'oldest']);
  expect(await focusedName()).toBe('sweep');
  await page.keyboard.press('ArrowRight'); // it is open: to the next cell
  expect(await table.evaluate(() => document.activeElement?.getAttribute('aria-colindex'))).toBe('3');
  await page.keyboard.press('Home');
  for (let n = 0; n < CHILDREN; n++) await page.keyboard.press('ArrowDown');
  expect(await focusedName()).toBe('alpha 1');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await untilNames(['newest', 'sweep', ...open, 'fold', 'oldest']);
  expect(await row('fold').getAttribute('aria-level')).toBe('3');
  await editor.screenshot('nested-open');
  await page.keyboard.press('ArrowLeft');
  await untilNames(['newest', 'sweep', ...open, 'oldest']);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  expect(await focusedName()).toBe('sweep');
  await page.keyboard.press('ArrowLeft');
  await untilNames(['newest', 'sweep', 'oldest']);
});

test('all runs are selected, folded ones too', async () => {
  const { page } = editor;
  await page.keyboard.press('Control+a');
  await until('all', async () => (await status()).includes('13 selected'), { instead: status });
  await page.keyboard.press('Control+a');
  await until('none', async () => !(await status()).includes('selected'), { instead: status });
});

test('parents are sorted, and children within them', async () => {
  await row('sweep').locator('.twistie').click();
  await untilNames(['newest', 'sweep', ...open, 'oldest']);
  await table.locator('.heading').filter({ hasText: 'rmse' }).click();
  await table.locator('.heading').filter({ hasText: 'rmse' }).click();
  await until('the least first', async () => (await names())[0] === 'newest', { instead: names });
  const sorted = Array.from({ length: CHILDREN }, (_, at) => at + 1)
    .toSorted((a, b) => ((a * 5) % 9) - ((b * 5) % 9))
    .map((n) => `alpha ${n}`);
  await untilNames(['newest', 'oldest', 'sweep', ...sorted]); // a sweep without a value comes last
  await table.locator('.heading').filter({ hasText: 'rmse' }).click();
  await untilNames(['newest', 'sweep', ...open, 'oldest']);
});

test('a filter that children match keeps their parents, dimmed and open', async () => {
  const { page } = editor;
  const box = table.getByRole('combobox', { name: 'Filter runs' });
  await box.fill('params.alpha = "0.1" and params.kind = "child"');
  await page.keyboard.press('Enter');
  await untilNames(['sweep', 'alpha 1', 'fold'].slice(0, 2));
  expect(await status()).toBe('2 of 13 runs');
  expect(await row('sweep').getAttribute('class')).toContain('context');
  await row('alpha 1').locator('.twistie').click();
  await untilNames(['sweep', 'alpha 1', 'fold']);
  await editor.screenshot('nested-filter');
  await row('sweep').locator('.twistie').click();
  await untilNames(['sweep']);
  await box.fill('');
  await page.keyboard.press('Enter');
  await untilNames(['newest', 'sweep', ...open.slice(0, -1), 'alpha 1', 'fold', 'oldest']);
});

test('a button shows children among the others, and a reload keeps what is open', async () => {
  await table.getByRole('button', { name: /^Nested/ }).click();
  await untilNames(['newest', ...open.slice(0, -1), 'fold', 'alpha 1', 'sweep', 'oldest']);
  expect(await table.locator('.grid').getAttribute('role')).toBe('grid');
  await table.getByRole('button', { name: /^Nested/ }).click();
  await untilNames(['newest', 'sweep', ...open, 'fold', 'oldest']);
  await editor.page.waitForTimeout(500);
  await editor.reload();
  table = await webview(editor.page, /^Runs · sweeps/);
  await until('the rows', async () => (await names()).length > 3, { ms: 30_000 });
  await untilNames(['newest', 'sweep', ...open, 'fold', 'oldest']);
});

test('a child that comes while the table is open comes below its parent', async () => {
  const store = await openFileTrackingStore({ root: root() });
  const experimentId = (await store.getExperimentByName('sweeps'))?.experimentId ?? '';
  const { items } = await store.searchRuns({ experimentIds: [experimentId] });
  const sweep = items.find(({ info }) => info.runName === 'sweep')?.info.runId ?? '';
  const tags = new Map([['mlflow.parentRunId', sweep]]);
  await store.createRun({ experimentId, runName: 'late', startTime: Date.now(), tags });
  await untilNames(['newest', 'sweep', 'late', ...open, 'fold', 'oldest']);
  expect(await row('sweep').locator('.count').innerText()).toBe('(10)');
  await store.close();
});

test('can be looked at in all themes', async () => {
  for (const theme of ['light', 'high-contrast', 'dark'] as const) {
    await setTheme(editor.page, theme);
    table = await webview(editor.page, /^Runs · sweeps/);
    await editor.screenshot(`nested-${theme}`);
    expect(await accessibilityProblems(table), theme).toEqual([]);
  }
  expect(editor.errors().filter((text) => !/IndexedDB|onWillSaveTextDocument/.test(text))).toEqual([]);
  expect(editor.log()).not.toMatch(/\[error\]/);
});
