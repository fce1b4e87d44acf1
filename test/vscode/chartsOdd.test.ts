import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Metric } from '../../src/entities/metric.ts';
import { type FileTrackingStore, openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { accessibilityProblems } from './driver/accessibility.ts';
import { pick, runCommand } from './driver/commands.ts';
import { type Editor, openEditor } from './driver/editor.ts';
import { openScreen } from './driver/screens.ts';
import { stopServer } from './driver/stopServer.ts';
import { until } from './driver/until.ts';
import { webview } from './driver/webviews.ts';

let folder: string;
let workspace: string;
let editor: Editor;
let charts: Frame;

const store = () => path.join(workspace, '.mlflow');
const MANY = 12_000;
const RUNS = 620;
/** Points of a metric, more than a card has room for. */
const LONG = 30_000;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'odd-'));
  workspace = path.join(folder, 'odd');
  fs.mkdirSync(workspace);
  await writeRuns();
  editor = await openEditor({ workspace, environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') } });
  charts = await openScreen(editor, 'MLflow: Open Charts', 'odd');
}, 120_000);

afterAll(async () => {
  await editor?.close();
  stopServer(store(), path.join(folder, 'cache'));
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function points(key: string, values: readonly number[], step: (at: number) => number = (at) => at): Metric[] {
  return values.map((value, at) => ({ key, value, step: step(at), timestamp: Date.now() }));
}

async function writeRuns(): Promise<void> {
  const tracking = await openFileTrackingStore({ root: store() });
  const experimentId = await tracking.createExperiment({ name: 'odd' });
  const names = ['<b onload=alert(1)>&amp;</b>', 'x'.repeat(250)];
  for (const runName of names) {
    const { info } = await tracking.createRun({ experimentId, userId: 'ada', runName, startTime: Date.now() });
    await tracking.logBatch(info.runId, {
      metrics: [
        ...points('odd/nan', [Number.NaN, Number.NaN, Number.NaN]),
        ...points('odd/infinite', [1, Number.POSITIVE_INFINITY, 2, Number.NEGATIVE_INFINITY, 3]),
        ...points('odd/one', [7]),
        ...points('odd/equal', [0.5, 0.5, 0.5, 0.5]),
        ...points('odd/backwards', [4, 3, 2, 1], (at) => 30 - 10 * at),
        ...points('odd/negative', [1, 2, 3], (at) => at - 100),
        ...points('odd/huge', [1e308, -1e308, 5e-324]),
        ...points('odd/same step', [1, 2, 3], () => 0),
        { key: 'odd/large step', value: 1, step: 2n ** 60n, timestamp: Date.now() },
      ],
      params: [{ key: 'prompt', value: 'y'.repeat(5_000) }],
    });
    // A client refuses such a time; what is on the disk may have it all the same.
    const metrics = path.join(store(), experimentId, info.runId, 'metrics');
    fs.writeFileSync(path.join(metrics, 'odd', 'before 1970'), '-86400000 1.0 0\n-86399000 2.0 1\n');
    const line = (_: unknown, step: number) => `1700000000000 ${Math.sin(step)} ${step}`;
    fs.writeFileSync(path.join(metrics, 'odd', 'long'), `${Array.from({ length: LONG }, line).join('\n')}\n`);
    if (runName === names[0]) writeMany(metrics);
  }
  await writeManyRuns(tracking);
  await tracking.close();
}

/** More than are drawn at first, and than one request reads. */
async function writeManyRuns(tracking: FileTrackingStore): Promise<void> {
  const experimentId = await tracking.createExperiment({ name: 'many' });
  for (let n = 0; n < RUNS; n++) {
    const { info } = await tracking.createRun({
      experimentId,
      userId: 'ada',
      runName: `run ${n}`,
      startTime: 1e12 + n,
    });
    await tracking.logBatch(info.runId, { metrics: points('loss', [n, n + 1]) });
  }
}

/** As MLflow lays them out: one by one through a client they would take a minute. */
function writeMany(metrics: string): void {
  for (let at = 0; at < MANY; at++) {
    const prefix = path.join(metrics, `layer${at % 40}`);
    if (at < 40) fs.mkdirSync(prefix);
    fs.writeFileSync(path.join(prefix, `weight ${at}`), `${Date.now()} ${at}.0 0\n`);
  }
}

const card = (metric: string) => charts.locator(`.card[data-metric="${metric}"]`);

async function show(metric: string): Promise<void> {
  await charts.locator('.toolbar .search').fill(`^${metric.replace('^', '\\^')}$`);
  await until(`the card ${metric}`, async () => Number(await card(metric).getAttribute('data-curves')) > 0);
}

const note = (metric: string) => card(metric).locator('.note').innerText();
const scale = async (metric: string) =>
  Promise.all(
    ['x-min', 'x-max', 'y-min', 'y-max'].map(async (name) => Number(await card(metric).getAttribute(`data-${name}`))),
  );

test('twelve thousand metrics are there, a screenful is drawn', async () => {
  await until('all places', async () => (await charts.locator('.slot').count()) === MANY + 11, { ms: 30_000 });
  expect(await charts.locator('.card').count()).toBeLessThan(20);
  expect(await charts.locator('.cards > h2').count()).toBe(41);
  await charts.locator('.area').evaluate((area) => area.scrollTo({ top: area.scrollHeight / 2 }));
  await until(
    'cards in the middle',
    async () => (await charts.locator('.card').first().getAttribute('data-metric')) !== 'layer0/weight 0',
  );
  await charts.locator('.area').evaluate((area) => area.scrollTo({ top: 0 }));
});

test('the names of runs are texts', async () => {
  const names = await charts.locator('.runs .run-name').allInnerTexts();
  expect(names).toContain('<b onload=alert(1)>&amp;</b>');
  expect(await charts.locator('b').count()).toBe(0);
});

test('what cannot be drawn is told', async () => {
  await show('odd/nan');
  expect(await note('odd/nan')).toMatch(/^All values are NaN or infinite/);
  await show('odd/same step');
  expect(await note('odd/same step')).toMatch(/^All points were logged at step 0/);
  await card('odd/same step').locator('.link').click();
  await until('times', async () => (await scale('odd/same step'))[0] !== 0);
  await charts.locator('.toolbar button', { hasText: 'X axis' }).click();
  await charts.locator('.menu .entry', { hasText: 'Step' }).click();
});

test('odd values and steps have their places', async () => {
  await show('odd/equal');
  const [, , low = 0, high = 0] = await scale('odd/equal');
  expect(low).toBeLessThan(0.5);
  expect(high).toBeGreaterThan(0.5);
  await show('odd/negative');
  expect((await scale('odd/negative')).slice(0, 2)).toEqual([-100, -98]);
  await show('odd/backwards');
  expect((await scale('odd/backwards')).slice(0, 2)).toEqual([0, 30]);
  await show('odd/huge');
  expect(await card('odd/huge').getAttribute('data-points')).toBe('6');
  await show('odd/before 1970');
  await show('odd/large step');
  await show('odd/infinite');
  expect((await scale('odd/infinite')).slice(2)).toEqual([1, 3]);
  await editor.screenshot('charts-odd');
  expect(await accessibilityProblems(charts)).toEqual([]);
  expect(editor.errors()).toEqual([]);
});

test('a zoom shows all the points that there are', async () => {
  await show('odd/long');
  const drawn = async () => Number(await card('odd/long').getAttribute('data-drawn'));
  expect(await card('odd/long').getAttribute('data-points')).toBe(String(2 * LONG));
  expect(await drawn()).toBeLessThan(LONG / 4);
  await card('odd/long').locator('canvas').focus();
  for (let n = 0; n < 6; n++) await editor.page.keyboard.press('+');
  // Those of the part, and where the whole was thinned out, one more of that at each side.
  const [from = 0, to = 0] = await scale('odd/long');
  await until('every point of the part', async () => (await drawn()) >= 2 * Math.floor(to - from), { instead: drawn });
  await editor.page.keyboard.press('Escape');
});

test('of many runs the newest hundred are drawn, and all where they are asked for', async () => {
  await runCommand(editor.page, 'MLflow: Open Charts');
  await pick(editor.page, 'many');
  const many = await webview(editor.page, /^Charts · many/);
  const curves = () => many.locator('.card[data-metric="loss"]').getAttribute('data-curves');
  await until('a hundred curves', async () => (await curves()) === '100', { instead: curves });
  expect(await many.locator('.runs .run-name').first().innerText()).toBe(`run ${RUNS - 1}`);
  await until('the rest', async () => (await many.locator('.more').innerText()).startsWith(`${RUNS - 300} more`));
  expect(await curves()).toBe('100');
  expect(await many.locator('.drawn').innerText()).toBe(`100 of ${RUNS} drawn`);
  await many.locator('vscode-button[aria-label="Show all"]').click();
  await until('all curves', async () => (await curves()) === String(RUNS), { ms: 30_000, instead: curves });
  await editor.screenshot('charts-many');
  await runCommand(editor.page, 'View: Close Editor');
  charts = await webview(editor.page, /^Charts · odd/);
});

test('while the server is away its charts stay, and say so; they come back with it', async () => {
  await show('odd/equal');
  await runCommand(editor.page, 'MLflow: Stop Tracking Server');
  const notice = charts.locator('.notice');
  await until('the notice', () => notice.isVisible(), { ms: 20_000 });
  expect(await notice.innerText()).toMatch(/server/);
  expect(await card('odd/equal').getAttribute('data-curves')).toBe('2');
  await editor.screenshot('charts-away');
  await runCommand(editor.page, 'MLflow: Start Tracking Server');
  await until('no notice', async () => !(await notice.isVisible()), { ms: 30_000 });
  expect(await card('odd/equal').getAttribute('data-curves')).toBe('2');
});
