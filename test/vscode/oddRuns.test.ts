import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { accessibilityProblems } from './driver/accessibility.ts';
import { pick, typeInQuickInput } from './driver/commands.ts';
import { type Editor, openEditor, setTheme } from './driver/editor.ts';
import { openScreen } from './driver/screens.ts';
import { stopServer } from './driver/stopServer.ts';
import { until } from './driver/until.ts';
import { webview } from './driver/webviews.ts';

// What no table and no comparison may stumble over.
const [RUNS, METRICS] = [30, 12_000];
const HTML = '<img src=x onerror="document.title=1"><b>bold</b>';
const LONG = 'x'.repeat(10_000);

let folder: string;
let workspace: string;
let editor: Editor;
let table: Frame;
/** The run that is still under way. */
let running = '';

const root = () => path.join(workspace, '.mlflow');

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'odd-runs-'));
  workspace = path.join(folder, 'odd');
  fs.mkdirSync(workspace);
  await writeRuns();
  editor = await openEditor({ workspace, environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') } });
  table = await openScreen(editor, 'MLflow: Open Runs Table', 'odd');
  await until('rows', async () => (await table.locator('.row .name').count()) > 5, { ms: 30_000 });
}, 120_000);

afterAll(async () => {
  await editor?.close();
  stopServer(root(), path.join(folder, 'cache'));
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** The newest run has a name of HTML, the next one thousands of metrics. */
async function writeRuns(): Promise<void> {
  const store = await openFileTrackingStore({ root: root() });
  const experimentId = await store.createExperiment({ name: 'odd' });
  for (let n = 0; n < RUNS; n++) {
    const runName = n === RUNS - 1 ? HTML : n === RUNS - 2 ? 'm'.repeat(250) : `run ${n}`;
    const startTime = Date.now() - 60_000 * (RUNS - n);
    const { info } = await store.createRun({ experimentId, userId: 'ada', runName, startTime });
    const value = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-300, n][n % 5] ?? 0;
    await store.logBatch(info.runId, {
      metrics: [{ key: 'odd', value, step: 0, timestamp: Date.now() }],
      params: [{ key: 'n', value: String(n) }],
      tags: [{ key: 'note', value: HTML }],
    });
    // A client refuses so long a value; what is on the disk may be longer all the same.
    const files = path.join(root(), experimentId, info.runId);
    fs.writeFileSync(path.join(files, 'params', 'long'), `${LONG}${n % 2}`);
    if (n === RUNS - 2) writeMetrics(path.join(files, 'metrics'));
    if (n === 0) running = info.runId;
    else await store.updateRun(info.runId, { status: 'FINISHED', endTime: startTime + 1_000 });
  }
  await store.close();
}

function writeMetrics(folder: string): void {
  for (let at = 0; at < METRICS; at++) {
    fs.writeFileSync(path.join(folder, `weight ${String(at).padStart(5, '0')}`), `${Date.now()} ${at}.0 0\n`);
  }
}

const row = (name: string): Locator => table.locator('.row').filter({ has: table.getByText(name, { exact: true }) });
const column = (label: string) => table.locator('.heading').filter({ has: table.getByText(label, { exact: true }) });

async function names(): Promise<string[]> {
  const rows = await table.locator('.canvas .row:not([aria-hidden])').evaluateAll((all) =>
    all.map((it) => ({
      at: Number(it.getAttribute('aria-rowindex')),
      name: it.querySelector('.name')?.textContent ?? '',
    })),
  );
  return rows.toSorted((a, b) => a.at - b.at).flatMap(({ name }) => name || []);
}

/** What came out of a text as markup; pictures of ours lie in frames. */
const markup = (frame: Frame) => frame.locator('img:not(.frame img), b').count();

test('the table shows names of HTML as texts, and numbers that are none', async () => {
  expect((await names())[0]).toBe(HTML);
  expect(await markup(table)).toBe(0);
  const odd = (name: string) => row(name).locator('[data-column="metrics.odd"]').innerText();
  expect([await odd('run 5'), await odd('run 6'), await odd('run 7'), await odd('run 8')]).toEqual([
    'NaN',
    '∞',
    '−∞',
    '1e-300',
  ]);
  await column('odd').click();
  await until('the greatest first', async () => (await names())[0] === 'run 26', { instead: names });
  expect((await names()).slice(-6).sort()).toEqual(['run 0', 'run 10', 'run 15', 'run 20', 'run 25', 'run 5']);
  await column('odd').click();
  await column('odd').click();
  await until('the newest first', async () => (await names())[0] === HTML, { instead: names });
});

test('the table cuts long values, and has a place for thousands of metrics', async () => {
  const { page } = editor;
  const cell = row('run 5').locator('[data-column="params.long"]');
  expect((await cell.innerText()).length).toBeLessThan(220);
  expect((await cell.getAttribute('title'))?.length).toBeLessThan(2_100);
  await table.getByRole('button', { name: 'Choose Columns' }).click();
  await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  await typeInQuickInput(page, 'weight 11999');
  await pick(page, 'weight 11999');
  await page.keyboard.press('Enter');
  await until('the last metric', async () => {
    await table.locator('.grid').evaluate((grid) => grid.scrollTo({ left: grid.scrollWidth }));
    return (await column('weight 11999').count()) === 1;
  });
  await editor.screenshot('odd-table');
  expect(await accessibilityProblems(table)).toEqual([]);
});

test('thirty runs are compared, with their keys in sight', async () => {
  const { page } = editor;
  await row('run 5').locator('.name').click();
  await page.keyboard.press('Control+a');
  await table.locator('vscode-button', { hasText: 'Compare' }).click();
  const comparison = await webview(page, /^Compare 30 runs/);
  await until('all runs', async () => (await comparison.locator('.run-name').count()) === RUNS, { ms: 60_000 });
  expect(await comparison.locator('.run-name').first().innerText()).toBe(HTML);
  expect(await markup(comparison)).toBe(0);
  const content = comparison.locator('#root > .content');
  const key = comparison.locator('tr[data-key="long"] th');
  const before = await key.boundingBox();
  await content.evaluate((it) => it.scrollTo({ left: it.scrollWidth }));
  expect((await key.boundingBox())?.x).toBe(before?.x);
  const heading = comparison.locator('button[data-focus="section Metrics"]');
  expect((await heading.boundingBox())?.x).toBeLessThan((before?.x ?? 0) + 100);
  await editor.screenshot('odd-compare-right');
  await content.evaluate((it) => it.scrollTo({ left: 0 }));
  const cell = comparison.locator('tr[data-key="long"] td').first();
  expect((await cell.innerText()).length).toBeLessThan(220);
  expect(await comparison.locator('tr[data-key="odd"] td').nth(4).innerText()).toContain('NaN');
});

test('thousands of metrics come in pages', async () => {
  const comparison = await webview(editor.page, /^Compare 30 runs/);
  const rows = comparison.locator('tbody[data-section="Metrics"] tr[data-key]');
  expect(await rows.count()).toBe(200);
  await comparison.getByRole('button', { name: 'Show 400 more of 12,001' }).click();
  await until('more', async () => (await rows.count()) === 600);
  const filter = comparison.locator('vscode-text-field').locator('input');
  await filter.fill('weight 1199');
  await until('ten of them', async () => (await rows.count()) === 10);
  await filter.fill('weight');
  await until('more again', async () => (await rows.count()) === 600);
});

test('a run that goes on takes neither place nor focus away', async () => {
  const { page } = editor;
  const comparison = await webview(page, /^Compare 30 runs/);
  const filter = comparison.locator('vscode-text-field').locator('input');
  await filter.fill('');
  const toggle = comparison.locator('button[data-focus="section Metrics"]');
  await toggle.focus();
  const store = await openFileTrackingStore({ root: root() });
  const values = [0.125, 0.25];
  for (const [step, value] of values.entries()) {
    await store.logBatch(running, { metrics: [{ key: 'odd', value, step: step + 1, timestamp: Date.now() }] });
    const cell = comparison.locator('tr[data-key="odd"] td:nth-last-child(2)');
    await until('the value', async () => (await cell.innerText()).startsWith(String(value)), {
      ms: 30_000,
      instead: () => cell.innerText(),
    });
    expect(await comparison.evaluate(() => document.activeElement?.getAttribute('data-focus'))).toBe('section Metrics');
  }
  await store.close();
});

test('can be looked at in all themes, and in a narrow editor', async () => {
  const { page } = editor;
  const filter = (await webview(page, /^Compare 30 runs/)).locator('vscode-text-field').locator('input');
  await filter.fill('weight 1199');
  for (const theme of ['light', 'high-contrast', 'dark'] as const) {
    await setTheme(page, theme);
    const comparison = await webview(page, /^Compare 30 runs/);
    if (theme === 'dark') await filter.fill('');
    await editor.screenshot(`odd-compare-${theme}`);
    expect(await accessibilityProblems(comparison), theme).toEqual([]);
  }
  await page.setViewportSize({ width: 600, height: 500 });
  await page.waitForTimeout(500);
  await editor.screenshot('odd-compare-narrow');
  expect(editor.errors().filter((text) => !/IndexedDB|onWillSaveTextDocument/.test(text))).toEqual([]);
  expect(editor.log()).not.toMatch(/\[error\]/);
});
