import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { png } from '../support/png.ts';
import { accessibilityProblems } from './driver/accessibility.ts';
import { acceptQuickInput, pick, runAndPick, runCommand } from './driver/commands.ts';
import { type Editor, openEditor, setTheme, THEMES, type Theme } from './driver/editor.ts';
import { colorName, colorShares, themeProblems } from './driver/pixels.ts';
import { openScreen } from './driver/screens.ts';
import { serverOf } from './driver/serverOf.ts';
import { stopServer } from './driver/stopServer.ts';
import { until } from './driver/until.ts';
import { webview } from './driver/webviews.ts';

let folder: string;
let workspace: string;
let editor: Editor;
let charts: Frame;

const store = () => path.join(workspace, '.mlflow');
const OPTIMIZERS = ['adam', 'sgd', 'lion'];

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'charts-'));
  workspace = path.join(folder, 'digits');
  fs.mkdirSync(workspace);
  await writeRuns(12, 400);
  editor = await openEditor({
    workspace,
    environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') },
    settings: { 'workbench.activityBar.location': 'default' },
  });
  charts = await openScreen(editor, 'MLflow: Open Charts', 'digits');
}, 120_000);

afterAll(async () => {
  await editor?.close();
  stopServer(store(), path.join(folder, 'cache'));
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** `run 0` is the oldest. */
async function writeRuns(count: number, points: number): Promise<void> {
  const tracking = await openFileTrackingStore({ root: store() });
  const experimentId = await tracking.createExperiment({ name: 'digits' });
  for (let n = 0; n < count; n++) {
    const startTime = Date.now() - 3_600_000 * (count - n) - 90_000;
    const lr = [0.0001, 0.001, 0.01, 0.1][n % 4] ?? 0;
    const optimizer = OPTIMIZERS[n % 3] ?? '';
    const { info } = await tracking.createRun({
      experimentId,
      userId: 'ada',
      runName: n === 2 ? '<img src=x onerror=alert(1)>' : `${optimizer} ${n}`,
      startTime,
    });
    const noise = (step: number) => Math.sin(step * 12.9898 + n * 78.233) * 0.04;
    const metrics = Array.from({ length: points }, (_, step) => {
      const timestamp = startTime + step * (1_000 + 100 * n);
      const loss = 2.3 * Math.exp(-step / (40 + 15 * (n % 5))) + 0.1 + 0.02 * (n % 7) + noise(step);
      return [
        { key: 'train/loss', step, timestamp, value: n === 5 && step > 200 && step < 240 ? Number.NaN : loss },
        { key: 'train/acc', step, timestamp, value: 1 - loss / 3 },
        { key: 'epoch', step, timestamp, value: Math.floor(step / 40) },
        ...(step % 40 === 0
          ? [
              { key: 'val/loss', step, timestamp, value: loss * 1.1 + 0.05 },
              { key: 'val/acc', step, timestamp, value: 0.95 - loss / 3 },
            ]
          : []),
        ...(step % 10 === 0
          ? [{ key: 'system/cpu_utilization_percentage', step, timestamp, value: 50 + 30 * Math.sin(step / 20 + n) }]
          : []),
      ];
    }).flat();
    metrics.push({ key: 'score', step: 0, timestamp: startTime, value: 1 / (1 + lr) + n / 50 });
    for (let at = 0; at < metrics.length; at += 900) {
      await tracking.logBatch(info.runId, { metrics: metrics.slice(at, at + 900) });
    }
    await tracking.logBatch(info.runId, {
      params: [
        { key: 'lr', value: String(lr) },
        { key: 'optimizer', value: optimizer },
        { key: 'layers', value: String(1 + (n % 4)) },
        { key: 'fixed', value: 'same' },
      ],
    });
    const { artifactUri: uri } = info;
    writeImages(uri.startsWith('file:') ? fileURLToPath(uri) : uri, n);
    await tracking.updateRun(info.runId, {
      status: n === 7 ? 'FAILED' : 'FINISHED',
      endTime: startTime + points * 1_000,
    });
  }
  await tracking.close();
}

/** As `mlflow.log_image(key=, step=)` names them, and a figure that was logged once; half of the runs have none. */
function writeImages(files: string, n: number): void {
  if (n % 2 === 1) return;
  fs.mkdirSync(path.join(files, 'images'), { recursive: true });
  for (const step of n === 4 ? [0, 100] : [0, 100, 200]) {
    const name = `val~pred+step+${step}+timestamp+1795804051093+408c6cc2-b4fa-4620-a830-f7e54480a1f${n}.png`;
    fs.writeFileSync(path.join(files, 'images', name), png(step + 20 * n));
  }
  fs.writeFileSync(path.join(files, 'roc.png'), png(10 * n));
}

const card = (metric: string) => charts.locator(`.card[data-metric="${metric}"]`);
const data = (metric: string, name: string) => card(metric).getAttribute(`data-${name}`);

async function curves(metric: string, count: number): Promise<void> {
  await charts.locator(`[data-slot="${metric}"]`).scrollIntoViewIfNeeded();
  await until(`${count} curves of ${metric}`, async () => (await data(metric, 'curves')) === String(count), {
    instead: () => data(metric, 'curves'),
  });
}

test('all runs of an experiment are drawn, a card a metric, in sections', async () => {
  await curves('train/loss', 12);
  const headings = await charts.locator('.cards > h2').allInnerTexts();
  expect(headings.map((text) => text.replace('\n', ' '))).toEqual([
    'Metrics 2',
    'train 2',
    'val 2',
    'System metrics 1',
  ]);
  expect(await data('train/loss', 'points')).toBe('4800');
});

test('the cursor is in all cards, and tells what every run has there', async () => {
  const plot = card('train/loss').locator('canvas');
  await plot.hover({ position: { x: 200, y: 100 } });
  const tooltip = charts.locator('.tooltip');
  await until('the tooltip', () => tooltip.isVisible());
  const values = (await tooltip.locator('.value').allInnerTexts()).map(Number);
  expect(values).toHaveLength(12);
  expect(values).toEqual(values.toSorted((a, b) => b - a));
  expect(await tooltip.locator('.nearest').count()).toBe(1);
  expect(await card('train/acc').locator('.cursor').isVisible()).toBe(true);
  await editor.screenshot('charts-cursor');
  await charts.locator('.list-head').hover();
  await until('no tooltip', async () => !(await tooltip.isVisible()));
});

test('arrows walk along a curve, and say what is there', async () => {
  await card('val/loss').locator('canvas').focus();
  await editor.page.keyboard.press('Home');
  await editor.page.keyboard.press('ArrowRight');
  const spoken = card('val/loss').locator('[role=status]');
  await until('the next point', async () => /at 40$/.test(await spoken.innerText()), {
    instead: () => spoken.innerText(),
  });
  await editor.page.keyboard.press('End');
  await until('the last point', async () => /at 360$/.test(await spoken.innerText()));
  const before = await spoken.innerText();
  await editor.page.keyboard.press('ArrowDown');
  await until('another run', async () => (await spoken.innerText()) !== before);
  await editor.page.keyboard.press('Escape');
  await until('no tooltip', async () => !(await charts.locator('.tooltip').isVisible()));
});

test('a drag zooms all cards, a double click shows all again', async () => {
  const canvas = card('train/loss').locator('canvas');
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error('no canvas');
  const { mouse } = editor.page;
  await mouse.move(box.x + 150, box.y + 80);
  await mouse.down();
  await mouse.move(box.x + 200, box.y + 90, { steps: 5 });
  await mouse.move(box.x + 250, box.y + 90, { steps: 5 });
  await mouse.up();
  await until('the zoom', async () => Number(await data('train/acc', 'x-min')) > 50);
  expect(Number(await data('train/acc', 'x-max'))).toBeLessThan(250);
  await editor.screenshot('charts-zoom');
  const range = async () => [Number(await data('train/acc', 'x-min')), Number(await data('train/acc', 'x-max'))];
  const [from = 0, to = 0] = await range();
  await editor.page.keyboard.down('Shift');
  await mouse.move(box.x + 250, box.y + 90);
  await mouse.down();
  await mouse.move(box.x + 220, box.y + 90, { steps: 5 });
  await mouse.move(box.x + 200, box.y + 90, { steps: 5 });
  await mouse.up();
  await editor.page.keyboard.up('Shift');
  await until('the next part', async () => ((await range())[0] ?? 0) > from, { instead: range });
  const [panned = 0, end = 0] = await range();
  expect(end - panned).toBeCloseTo(to - from, 3);
  await editor.page.keyboard.down('Control');
  await mouse.move(box.x + 201, box.y + 90);
  await mouse.wheel(0, 300);
  await editor.page.keyboard.up('Control');
  await until('a wider part', async () => ((await range())[1] ?? 0) - ((await range())[0] ?? 0) > end - panned);
  await canvas.dblclick({ position: { x: 200, y: 100 } });
  await until('all of it', async () => (await data('train/acc', 'x-min')) === '0');
});

test('the list hides runs, shows only one, and raises the one that is pointed at', async () => {
  const row = charts.locator('li', { hasText: 'adam 9' });
  await row.locator('input').click();
  await curves('train/loss', 11);
  await row.click({ modifiers: ['Alt'] });
  await curves('train/loss', 1);
  await charts.locator('vscode-button[aria-label="Show all"]').click();
  await curves('train/loss', 12);
  await charts.locator('.list-head .search').fill('sgd');
  await until('fewer rows', async () => (await charts.locator('.runs li').count()) === 4);
  await charts.locator('vscode-button[aria-label="Hide all"]').click();
  await curves('train/loss', 8);
  await charts.locator('vscode-button[aria-label="Show all"]').click();
  await charts.locator('.list-head .search').fill('');
  await charts.locator('li', { hasText: 'lion 8' }).hover();
  await editor.screenshot('charts-raised');
});

async function choose(button: string, item: string): Promise<void> {
  await charts.locator('.toolbar button', { hasText: button }).click();
  await charts.locator('.menu .entry', { hasText: item }).click();
}

test('groups are bands with a mean', async () => {
  await choose('Group', 'optimizer');
  await curves('train/loss', 3);
  expect(await charts.locator('.runs li').allInnerTexts()).toHaveLength(3);
  await editor.screenshot('charts-groups');
  await choose('Group', 'None');
  await curves('train/loss', 12);
});

test('another metric can be the x axis', async () => {
  await charts.locator('.toolbar button', { hasText: 'X axis' }).click();
  await charts.locator('.menu .entry', { hasText: 'Metric…' }).click();
  await pick(editor.page, 'epoch');
  await until('epochs', async () => (await data('train/loss', 'x-max')) === '9');
  await choose('X axis', 'Relative time');
  await until('seconds', async () => Number(await data('train/loss', 'x-max')) > 800);
  await choose('X axis', 'Step');
});

test('outliers are clipped, and axes are logarithmic', async () => {
  const high = async () => Number(await data('train/loss', 'y-max'));
  const whole = await high();
  await charts.locator('vscode-checkbox', { hasText: 'Clip outliers' }).click();
  await until('less', async () => (await high()) < whole);
  await charts.locator('vscode-checkbox', { hasText: 'Clip outliers' }).click();
  await charts.locator('vscode-checkbox', { hasText: 'Log Y' }).click();
  await until('no zero', async () => Number(await data('train/loss', 'y-min')) > 0);
  await charts.locator('vscode-checkbox', { hasText: 'Log X' }).click();
  await until('no zero at the side', async () => Number(await data('train/loss', 'x-min')) > 0);
  await editor.screenshot('charts-log');
  await charts.locator('vscode-checkbox', { hasText: 'Log X' }).click();
  await charts.locator('vscode-checkbox', { hasText: 'Log Y' }).click();
});

test('smoothing keeps what was logged as a ghost', async () => {
  await charts.locator('[aria-label="Smoothing"]').fill('0.9');
  await card('train/loss')
    .locator('canvas')
    .hover({ position: { x: 200, y: 100 } });
  await until('raw values', async () => (await charts.locator('.tooltip .raw').count()) === 12);
  await editor.screenshot('charts-smoothed');
  await charts.locator('[aria-label="Smoothing"]').fill('0');
});

test('metrics are found by a regular expression', async () => {
  const filter = charts.locator('.toolbar .search');
  await filter.fill('^(train|val)/loss$');
  await until('two cards', async () => (await charts.locator('.slot').count()) === 2);
  await filter.fill('nothing');
  await until('the empty state', async () =>
    (await charts.locator('.empty').innerText()).includes('None of 7 metrics'),
  );
  await filter.fill('');
  await until('all cards', async () => (await charts.locator('.slot').count()) === 7);
});

async function cardMenu(metric: string, item: string): Promise<void> {
  await card(metric).locator('.head').hover();
  await card(metric).locator('[aria-haspopup=menu]').click();
  await charts.locator('.menu .entry', { hasText: item }).click();
}

test('cards are pinned, moved, and shown in full size', async () => {
  await cardMenu('val/loss', 'Pin to the Top');
  await until('the pinned section', async () =>
    /^Pinned/.test((await charts.locator('.cards > h2').allInnerTexts())[0] ?? ''),
  );
  await cardMenu('train/loss', 'Move to the Front');
  const order = () =>
    charts
      .locator('[aria-label="train"] .slot')
      .evaluateAll((slots) => slots.map((slot) => slot.getAttribute('data-slot')));
  await until('the new order', async () => (await order()).join() === 'train/loss,train/acc');
  await card('train/loss').locator('.head').hover();
  await card('train/loss').locator('[aria-label="Full size"]').click();
  await until('one card', async () => ((await card('train/loss').boundingBox())?.height ?? 0) > 500);
  await editor.screenshot('charts-full');
  await card('train/loss').locator('[aria-label="Leave full size"]').click();
  await cardMenu('val/loss', 'Unpin');
});

test.each([
  ['Bar Chart', 'bar'],
  ['Scatter Plot', 'scatter'],
  ['Parallel Coordinates', 'parallel'],
  ['Box Plot', 'box'],
  ['Parameter Importance', 'importance'],
])('a %s can be added', async (label, name) => {
  const count = await charts.locator('.added .card').count();
  await charts.locator('vscode-button[aria-label="Add Chart"]').click();
  await charts.locator('.menu .entry', { hasText: label }).click();
  await until('the card', async () => (await charts.locator('.added .card').count()) === count + 1);
  const canvas = charts.locator('.added .card').last().locator('canvas');
  await until('its description', async () => ((await canvas.getAttribute('aria-label')) ?? '').length > 20);
  await editor.screenshot(`charts-added-${name}`);
});

test('pictures are side by side, step by step', async () => {
  await charts.locator('vscode-button[aria-label="Add Chart"]').click();
  await charts.locator('.menu .entry', { hasText: 'Images by Step' }).click();
  const images = charts.locator('.card.wide');
  await images.scrollIntoViewIfNeeded();
  await until('the pictures', async () => (await images.locator('.frame').count()) === 6);
  expect(await images.locator('figcaption').first().innerText()).toBe('sgd 10');
  expect(await images.locator('.note').last().innerText()).toBe('6 of the runs have no such picture.');
  await images.locator('.menu-button').click();
  await charts.locator('.menu .entry', { hasText: 'val/pred (3 steps)' }).click();
  const slider = images.getByRole('slider', { name: 'Step of val/pred' });
  await until('the last step', async () => (await slider.getAttribute('aria-valuetext')) === 'step 200');
  const labels = () => images.locator('.frame').evaluateAll((all) => all.map((it) => it.getAttribute('aria-label')));
  expect(await labels()).toContain('val/pred at step 200 of sgd 10');
  expect(await labels()).toContain('val/pred at step 100 of sgd 4');
  // Pictures are read as they come into view.
  await images.locator('.frame').last().scrollIntoViewIfNeeded();
  await images.locator('.frame').first().scrollIntoViewIfNeeded();
  await until('all that there are', async () => (await images.locator('.frame img').count()) === 6);
  await slider.focus();
  await editor.page.keyboard.press('ArrowLeft');
  await until('the step before', async () => (await labels()).includes('val/pred at step 100 of sgd 10'));
  await editor.screenshot('charts-images');
});

test('one point a run can be seen as bars', async () => {
  await charts.locator('[data-slot="score"]').scrollIntoViewIfNeeded();
  const count = await charts.locator('.added .card').count();
  await card('score').locator('.link', { hasText: 'Show as bars' }).click();
  await until('the bars', async () => (await charts.locator('.added .card').count()) === count + 1);
  expect(await charts.locator('.added h3').last().innerText()).toBe('score of each run');
});

test('parallel coordinates are limited by the keys of an axis', async () => {
  const parallel = charts.locator('.added .card', { hasText: 'Parallel' });
  await parallel.scrollIntoViewIfNeeded();
  await parallel.locator('.strip[data-axis="params.layers"]').focus();
  for (let n = 0; n < 8; n++) await editor.page.keyboard.press('ArrowUp');
  await until('the limit', async () => /6 of 12 runs/.test(await parallel.locator('.note').innerText()), {
    instead: () => parallel.locator('.note').innerText(),
  });
  await editor.screenshot('charts-limited');
  await editor.page.keyboard.press('Escape');
  await until('no limit', async () => /Drag along/.test(await parallel.locator('.note').innerText()));
});

/** @param isWhole tells whether all of it has been written */
async function saved(name: string, isWhole: (content: Buffer) => boolean): Promise<Buffer> {
  const file = path.join(workspace, name);
  await until('the save dialog', () => editor.page.locator('.quick-input-widget input').first().isVisible());
  await editor.page.keyboard.press('Enter');
  return until(
    `the file ${name}`,
    async () => {
      const content = fs.existsSync(file) ? fs.readFileSync(file) : Buffer.alloc(0);
      return isWhole(content) ? content : undefined;
    },
    { instead: async () => fs.readdirSync(workspace) },
  );
}

test('a chart is saved as PNG and SVG, and all its points as CSV', async () => {
  await charts.locator('[data-slot="train/loss"]').scrollIntoViewIfNeeded();
  await cardMenu('train/loss', 'Save as PNG…');
  const png = await saved('train-loss.png', (content) => content.includes('IEND'));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.length).toBeGreaterThan(20_000);
  await cardMenu('train/loss', 'Save as SVG…');
  const svg = (await saved('train-loss.svg', (content) => content.includes('</svg>'))).toString();
  expect(svg).toMatch(/^<svg/);
  expect(svg).toContain('train/loss');
  expect(svg).toContain('&lt;img');
  await cardMenu('train/loss', 'Save All Points as CSV…');
  const csv = (await saved('train-loss.csv', (content) => content.toString().split('\n').length > 12 * 400))
    .toString()
    .trim()
    .split('\r\n');
  expect(csv).toHaveLength(1 + 12 * 400);
  expect(csv[0]).toBe('run_id,run_name,step,timestamp,value');
  fs.copyFileSync(path.join(workspace, 'train-loss.png'), path.join(os.tmpdir(), 'train-loss.png'));
  fs.copyFileSync(path.join(workspace, 'train-loss.svg'), path.join(os.tmpdir(), 'train-loss.svg'));
});

test('a run that goes on grows without moving the zoom', async () => {
  const client = await serverOf(workspace, path.join(folder, 'cache'));
  const [experiment] = (await client.tracking.searchExperiments({})).items.filter(({ name }) => name === 'digits');
  const { info } = await client.tracking.createRun({
    experimentId: experiment?.experimentId ?? '',
    runName: 'live',
    startTime: Date.now(),
  });
  const log = (from: number, to: number) =>
    client.tracking.logBatch(info.runId, {
      metrics: Array.from({ length: to - from }, (_, at) => ({
        key: 'train/loss',
        step: from + at,
        timestamp: Date.now(),
        value: 3 - (from + at) / 300,
      })),
    });
  await log(0, 50);
  await curves('train/loss', 13);
  expect(await charts.locator('.runs li').first().innerText()).toContain('live');
  const canvas = card('train/loss').locator('canvas');
  await canvas.focus();
  await editor.page.keyboard.press('+');
  await until('the zoom', async () => (await data('train/loss', 'x-min')) === '100');
  await log(50, 450);
  await until('more points', async () => (await data('train/loss', 'points')) === '5250', {
    instead: () => data('train/loss', 'points'),
  });
  expect(await data('train/loss', 'x-min')).toBe('100');
  await editor.page.keyboard.press('Escape');
  await until('all of it', async () => (await data('train/loss', 'x-max')) === '450', {
    instead: () => data('train/loss', 'x-max'),
  });
  await client.tracking.updateRun(info.runId, { status: 'FINISHED', endTime: Date.now() });
});

test('a run gets another colour, which MLflow reads too', async () => {
  const swatch = charts.locator('li', { hasText: 'adam 9' }).locator('.swatch line');
  await runCommand(editor.page, 'MLflow: Set Color…');
  await pick(editor.page, 'adam 9');
  await acceptQuickInput(editor.page);
  await pick(editor.page, 'Violet');
  await until('the colour', async () => (await swatch.getAttribute('stroke')) === '#9564cb', {
    instead: () => swatch.getAttribute('stroke'),
  });
  const client = await serverOf(workspace, path.join(folder, 'cache'));
  const { items } = await client.tracking.searchExperiments({});
  const found = await client.tracking.searchRuns({
    experimentIds: items.map(({ experimentId }) => experimentId),
    filter: 'tags.`mlflow.runColor` = "#9564cb"',
  });
  expect(found.items.map(({ info }) => info.runName)).toEqual(['adam 9']);
  client.dispose();
});

test('how it is looked at survives a reload', async () => {
  await charts.locator('li', { hasText: 'adam 9' }).locator('input').click();
  await curves('train/loss', 12);
  const added = await charts.locator('.added h3').allInnerTexts();
  await editor.reload();
  charts = await webview(editor.page, /^Charts · digits/);
  await until('the added charts', async () => (await charts.locator('.added h3').count()) === added.length);
  expect(await charts.locator('.added h3').allInnerTexts()).toEqual(added);
  await curves('train/loss', 12);
  expect(await charts.locator('li', { hasText: 'adam 9' }).locator('input').isChecked()).toBe(false);
});

describe('looks', () => {
  test.each(Object.keys(THEMES) as Theme[])('in %s', async (theme) => {
    await setTheme(editor.page, theme);
    await charts.locator('.added .card').first().scrollIntoViewIfNeeded();
    await editor.screenshot(`charts-added-${theme}`);
    await curves('train/loss', 12);
    await editor.screenshot(`charts-${theme}`);
    expect(await accessibilityProblems(charts)).toEqual([]);
    expect(await themeProblems(charts.locator('body'))).toEqual([]);
    // Beside the list with its swatches: some dozen pixels, where a dashed curve lies below others.
    const shares = await colorShares(charts.locator('.area'));
    for (const swatch of await charts.locator('li:has(input:checked) .swatch line').all()) {
      const color = (await swatch.getAttribute('stroke')) ?? '';
      expect(shares.get(colorName(color)) ?? 0, color).toBeGreaterThan(0.00003);
    }
  });
});

test('runs are added to the charts of others, and are there after a reload', async () => {
  const { page } = editor;
  const showRuns = async (command: string, name: string) => {
    await runAndPick(page, command, name);
    await acceptQuickInput(page);
  };
  await showRuns('MLflow: Show Metric Chart', 'lion 11');
  charts = await webview(page, /^Metrics · lion 11/);
  await curves('train/loss', 1);
  await showRuns('MLflow: Add to Charts', 'sgd 10');
  charts = await webview(page, /^Metrics · 2 runs/);
  await curves('train/loss', 2);
  await editor.reload();
  charts = await webview(page, /^Metrics · 2 runs/);
  await curves('train/loss', 2);
  expect(await charts.locator('.runs .run-name').allInnerTexts()).toEqual(['lion 11', 'sgd 10']);
  await runCommand(page, 'View: Close Editor');
  charts = await webview(page, /^Charts · digits/);
});

test('fits into a narrow window', async () => {
  const { page } = editor;
  await page.setViewportSize({ width: 480, height: 800 });
  const width = () => charts.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await until('no way sideways', async () => (await width()) <= 0, { instead: width });
  await curves('train/loss', 12);
  await editor.screenshot('charts-narrow');
  expect(await accessibilityProblems(charts)).toEqual([]);
  await page.setViewportSize({ width: 1400, height: 900 });
});
