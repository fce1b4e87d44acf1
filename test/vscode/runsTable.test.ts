import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { accessibilityProblems } from './driver/accessibility.ts';
import { clickMenuEntry, pick, quickPickLabels, runCommand, typeInQuickInput } from './driver/commands.ts';
import { type Editor, openEditor, setTheme, THEMES, type Theme } from './driver/editor.ts';
import { themeProblems } from './driver/pixels.ts';
import { openScreen } from './driver/screens.ts';
import { serverOf } from './driver/serverOf.ts';
import { stopServer } from './driver/stopServer.ts';
import { until } from './driver/until.ts';
import { webview } from './driver/webviews.ts';

/** As a client of MLflow 2 tells of the models of a run. */
const HISTORY = JSON.stringify([{ artifact_path: 'model', flavors: { sklearn: {} } }]);

let folder: string;
let workspace: string;
let editor: Editor;
let table: Frame;

const store = () => path.join(workspace, '.mlflow');

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'table-'));
  workspace = path.join(folder, 'wine');
  fs.mkdirSync(workspace);
  await writeRuns(30);
  editor = await openEditor({
    workspace,
    environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') },
    settings: { 'workbench.activityBar.location': 'default' },
  });
  await openTable();
});

afterAll(async () => {
  await editor?.close();
  stopServer(store(), path.join(folder, 'cache'));
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** `run 0` is the oldest; its values are in no order. */
async function writeRuns(count: number): Promise<void> {
  const tracking = await openFileTrackingStore({ root: store() });
  const experimentId = await tracking.createExperiment({ name: 'wine' });
  for (let n = 0; n < count; n++) {
    const startTime = Date.now() - 60_000 * (count - n) - 90_000;
    const { info } = await tracking.createRun({ experimentId, userId: 'ada', runName: `run ${n}`, startTime });
    const points = Array.from({ length: 40 }, (_, step) => [
      {
        key: 'rmse',
        step,
        timestamp: startTime,
        value: 0.5 + ((n * 7) % count) / 100 + 1 / (1 + step) + (step % 5) / 90,
      },
      { key: 'val/accuracy', step, timestamp: startTime, value: 1 - 1 / (2 + step + (n % 4)) },
    ]).flat();
    await tracking.logBatch(info.runId, {
      metrics: n === 3 ? [{ key: 'rmse', step: 0, timestamp: startTime, value: Number.NaN }] : points,
      params: [
        { key: 'alpha', value: String((n % 5) / 10) },
        { key: 'optimizer', value: ['adam', 'sgd', 'lion'][n % 3] ?? '' },
        { key: 'fixed', value: 'same' },
      ],
      tags: [
        { key: 'team', value: n === 5 ? '<b>bold</b>' : 'red' },
        ...(n === 27 || n === 28 ? [{ key: 'mlflow.log-model.history', value: HISTORY }] : []),
      ],
    });
    const status = n % 11 === 4 ? 'FAILED' : 'FINISHED';
    await tracking.updateRun(info.runId, { status, endTime: startTime + 1_000 * (n + 1) });
  }
  await tracking.close();
}

async function openTable(): Promise<void> {
  table = await openScreen(editor, 'MLflow: Open Runs Table', 'wine');
  await until('rows', async () => (await names()).length > 5);
}

const row = (name: string): Locator => table.locator('.row').filter({ has: table.getByText(name, { exact: true }) });

/** Names of the rows that are drawn, from top to bottom. */
async function names(): Promise<string[]> {
  const rows = await table.locator('.canvas .row').evaluateAll((all) =>
    all.map((it) => ({
      at: Number(it.getAttribute('aria-rowindex')),
      name: it.querySelector('.name')?.textContent ?? '',
    })),
  );
  return rows.toSorted((a, b) => a.at - b.at).flatMap(({ name }) => name || []);
}

const column = (label: string) => table.locator('.heading').filter({ has: table.getByText(label, { exact: true }) });
const headings = () => table.locator('.heading .label').allInnerTexts();
const status = () => table.locator('.state .count').innerText();
const menuLabels = () => editor.page.locator('.monaco-menu .action-item').allInnerTexts();

/** Goes there by keys. */
async function focusHeading(label: string): Promise<void> {
  await table.locator('.grid [tabindex="0"]').focus();
  await editor.page.keyboard.press('Control+Home');
  await editor.page.keyboard.press('ArrowUp');
  await until(`the heading ${label}`, async () => {
    const text = await table.evaluate(() => document.activeElement?.querySelector('.label')?.textContent);
    if (text !== label) await editor.page.keyboard.press('ArrowRight');
    return text === label;
  });
}

/** Row and column of the cell that has the focus. */
const focused = () =>
  table.evaluate(() => [
    document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex') ?? '',
    document.activeElement?.getAttribute('aria-colindex') ?? '',
  ]);

test('shows the runs, newest first', async () => {
  expect((await names()).slice(0, 3)).toEqual(['run 29', 'run 28', 'run 27']);
  await editor.screenshot('table-first');
  const headings = await table.locator('.heading .label').allInnerTexts();
  expect(headings).toEqual(['Name', 'Status', 'Started', 'Duration', 'alpha', 'optimizer', 'val/accuracy', 'rmse']);
  expect(await table.locator('.grid').getAttribute('aria-rowcount')).toBe('31');
});

test('sorts by a click, by several columns with Shift, and by keys', async () => {
  await column('rmse').click();
  await until('the greatest first', async () => (await names())[0] === 'run 17', { instead: names });
  expect(await column('rmse').getAttribute('aria-sort')).toBe('descending');
  await column('rmse').click();
  await until('the least first', async () => (await names())[0] === 'run 0', { instead: names });
  expect((await names()).at(-1)).toBe('run 3'); // NaN comes last
  await column('optimizer').click();
  await column('Duration').click({ modifiers: ['Shift'] }); // no server can sort by it
  await column('rmse').click({ modifiers: ['Shift'] });
  await until('adam, the greatest first', async () => (await names())[0] === 'run 21', { instead: names });
  expect(await table.locator('.heading .nth').allInnerTexts()).toEqual(['1', '2']);
  await focusHeading('optimizer');
  await editor.page.keyboard.press('Enter');
  await until('sgd first', async () => (await names())[0] === 'run 28', { instead: names });
  await editor.page.keyboard.press('Enter');
  await until('the newest first', async () => (await names())[0] === 'run 29', { instead: names });
});

test('filters in MLflow’s language, completes it, and says what is wrong with it', async () => {
  const box = table.getByRole('combobox', { name: 'Filter runs' });
  await box.click();
  await box.pressSequentially('alp');
  const options = table.getByRole('option');
  await until('a key', async () => (await options.allInnerTexts()).some((text) => text.startsWith('params.alpha')));
  await editor.page.keyboard.press('ArrowDown');
  await editor.page.keyboard.press('Enter');
  await box.pressSequentially('= ');
  await until('values', async () => (await options.first().innerText()).startsWith("'0'"), {
    instead: () => options.allInnerTexts(),
  });
  await editor.screenshot('table-completion');
  await editor.page.keyboard.press('ArrowDown');
  await editor.page.keyboard.press('ArrowDown');
  await editor.page.keyboard.press('Enter');
  expect(await box.inputValue()).toBe("params.alpha = '0.1' ");
  await until('6 runs', async () => (await status()).startsWith('6 of 30 runs'), { instead: status });
  const found = ['run 26', 'run 21', 'run 16', 'run 11', 'run 6', 'run 1'];
  await until('their rows', async () => (await names()).join() === found.join(), { instead: names });
  await box.fill('metrics.rmse > "x"');
  await editor.page.keyboard.press('Enter');
  await until('the error', async () => (await table.locator('.filter-error').innerText()).length > 10);
  await editor.screenshot('table-filter-error');
  expect(await names()).toHaveLength(6);
  await box.fill('N 2');
  await editor.page.keyboard.press('Enter');
  await until('runs by a part of their names', async () => (await status()).startsWith('11 of 30 runs'), {
    instead: status,
  });
  expect(await table.locator('.filter-error').isVisible()).toBe(false);
  await box.fill('metrics.rmse > 9');
  await editor.page.keyboard.press('Enter');
  await table.getByText('No run matches the filter.').waitFor();
  // What can be asked for does not depend on what was found.
  await box.fill('params.opt');
  await until('a key', async () => (await options.allInnerTexts()).some((text) => text.startsWith('params.optimizer')));
  await box.fill('params.optimizer = ');
  await until('its values', async () => (await options.allInnerTexts()).some((text) => text.startsWith("'lion'")));
  await box.fill('');
  await editor.page.keyboard.press('Enter');
  await until('all runs', async () => (await names()).length > 20);
});

test('is walked through and selected by keys and mouse', async () => {
  const { page } = editor;
  await row('run 29').locator('.name').click();
  expect(await status()).toContain('1 selected');
  await row('run 27')
    .locator('.name')
    .click({ modifiers: ['Shift'] });
  await until('three', async () => (await status()).includes('3 selected'), { instead: status });
  await row('run 25')
    .locator('.name')
    .click({ modifiers: ['Control'] });
  await until('four', async () => (await status()).includes('4 selected'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Home');
  expect(await focused()).toEqual(['2', '1']);
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toEqual(['3', '2']);
  await page.keyboard.press('Shift+ArrowDown');
  await until('a range', async () => (await status()).includes('3 selected'), { instead: status });
  await page.keyboard.press('Control+End');
  expect(await focused()).toEqual(['31', '9']);
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Home');
  expect((await focused())[1]).toBe('1');
  await page.keyboard.press('Control+a');
  await until('all', async () => (await status()).includes('30 selected'), { instead: status });
  await page.keyboard.press('Escape');
  await until('none', async () => !(await status()).includes('selected'));
});

test('its menu shows statistics, curves and colours of a metric', async () => {
  const { page } = editor;
  for (const entry of ['Minimum', 'Step of the Best Value', 'Curve', 'Colour Scale']) {
    await focusHeading('rmse');
    await page.keyboard.press('Shift+F10');
    await table.getByRole('menu').waitFor();
    if (entry === 'Curve') {
      await until('its values in bars', async () => (await table.locator('.histogram span').count()) === 16);
      expect(await table.locator('.distribution .axis').innerText()).toMatch(/^0.5694\s+0.8594$/);
      expect(await accessibilityProblems(table)).toEqual([]);
      expect(await themeProblems(table.locator('body'))).toEqual([]);
      await editor.screenshot('table-column-menu');
    }
    await table.getByRole('menuitemcheckbox', { name: entry }).click();
    await until(`after ${entry}`, async () => (await table.getByRole('menu').count()) === 0);
    await page.waitForTimeout(400);
  }
  const cell = (name: string, key: string) => row(name).locator(`[data-column="${key}"]`);
  const read = openFileTrackingStore({ root: store() });
  const experiment = await (await read).getExperimentByName('wine');
  const { items } = await (await read).searchRuns({ experimentIds: [experiment?.experimentId ?? ''] });
  const last = items.find(({ info }) => info.runName === 'run 29')?.info.runId ?? '';
  const { items: points } = await (await read).getMetricHistory(last, 'rmse');
  await (await read).close();
  const least = points.toSorted((a, b) => a.value - b.value)[0];
  await until(
    'the minimum',
    async () => Number(await cell('run 29', 'min:metrics.rmse').getAttribute('title')) === least?.value,
  );
  expect(await cell('run 29', 'bestStep:metrics.rmse').innerText()).toBe(String(least?.step));
  expect(await cell('run 29', 'curve:metrics.rmse').locator('path').getAttribute('d')).toMatch(/^M[\d. ]+L/);
  expect(await cell('run 0', 'metrics.rmse').evaluate((it) => (it as HTMLElement).style.backgroundColor)).toContain(
    '30%',
  );
  await editor.screenshot('table-statistics');
});

test('columns are chosen, moved and made wider', async () => {
  const { page } = editor;
  await table.getByRole('button', { name: 'Choose Columns' }).click();
  await pick(page, 'team');
  await editor.screenshot('table-columns');
  await page.keyboard.press('Enter');
  await until('the column', async () => (await column('team').count()) > 0);
  const cell = row('run 5').locator('[data-column="tags.team"]');
  await until('a text as a text', async () => (await cell.innerText()) === '<b>bold</b>');
  await focusHeading('optimizer');
  await page.keyboard.press('Alt+ArrowLeft');
  await until('the other order', async () => (await headings()).join().includes('Duration,optimizer,alpha'), {
    instead: headings,
  });
  const width = async () => (await column('optimizer').boundingBox())?.width ?? 0;
  const before = await width();
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await until('a wider column', async () => (await width()) === before + 10);
  await page.waitForTimeout(600); // the new width is on its way
  await column('alpha').dragTo(column('optimizer'));
  await until('the first order', async () => (await headings()).join().includes('Duration,alpha,optimizer'), {
    instead: headings,
  });
});

test('columns that are the same in all runs step aside, and come back to where they were', async () => {
  const { page } = editor;
  const before = await headings();
  // Columns at the side have no elements.
  const count = async () => Number(await table.locator('.grid').getAttribute('aria-colcount'));
  const own = await count();
  await table.getByRole('button', { name: 'Choose Columns' }).click();
  await pick(page, 'fixed');
  await page.keyboard.press('Enter');
  await until('the column', async () => (await count()) === own + 1, { instead: count });
  await table.getByRole('button', { name: 'Only Differing Columns' }).click();
  await until('it gone', async () => (await count()) === own, { instead: count });
  await focusHeading('optimizer');
  await page.keyboard.press('Alt+ArrowLeft');
  await until('another order', async () => (await headings()).join().includes('optimizer,alpha'), {
    instead: headings,
  });
  await page.keyboard.press('Alt+ArrowRight');
  await until('the first order', async () => (await headings()).join().includes('alpha,optimizer'), {
    instead: headings,
  });
  await table.getByRole('button', { name: 'Only Differing Columns' }).click();
  await until('it again', async () => (await count()) === own + 1, { instead: count });
  await table.getByRole('button', { name: 'Choose Columns' }).click();
  await pick(page, 'fixed');
  await page.keyboard.press('Enter');
  await until('the columns from before', async () => (await count()) === own, { instead: count });
  expect(await headings()).toEqual(before);
});

test('a cell is copied as it is, with all digits', async () => {
  const { page } = editor;
  await page.keyboard.press('Escape');
  await table.locator('.grid [tabindex="0"]').focus();
  await page.keyboard.press('Control+Home');
  const at = (await headings()).indexOf('rmse') + 1;
  for (let nth = 0; nth < at; nth++) await page.keyboard.press('ArrowRight');
  const cell = row('run 29').locator('[data-column="metrics.rmse"]');
  const full = await cell.getAttribute('title');
  await page.keyboard.press('Control+c');
  await until('the clipboard', async () => (await page.evaluate(() => navigator.clipboard.readText())) === full);
});

test('models of several runs become versions of one registered model', async () => {
  const { page } = editor;
  await row('run 28').locator('.name').click();
  await row('run 27')
    .locator('.name')
    .click({ modifiers: ['Control'] });
  await table.getByRole('button', { name: 'Register Models' }).click();
  await until('both models', async () => (await quickPickLabels(page)).length === 2, {
    instead: () => quickPickLabels(page),
  });
  await editor.screenshot('table-register');
  await page.keyboard.press('Enter');
  const input = page.locator('.quick-input-widget:visible input[type="text"]:visible').first();
  await until('the name', async () => (await page.locator('.quick-input-title').innerText()).includes("'model'"));
  await input.fill('Wine');
  await page.keyboard.press('Enter');
  const client = await serverOf(workspace, path.join(folder, 'cache'));
  const versions = async () => (await client.registry.searchModelVersions({ filter: "name = 'Wine'" })).items;
  await until('two versions', async () => (await versions()).length === 2, { instead: versions });
  await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  table = await webview(page, /^Runs · wine/);
  await page.keyboard.press('Escape');
});

test('runs are grouped, and groups closed', async () => {
  const { page } = editor;
  await table.getByRole('button', { name: 'Group Runs' }).click();
  await typeInQuickInput(page, 'optimizer');
  await until('the parameter alone', async () => (await quickPickLabels(page)).join() === 'optimizer', {
    instead: () => quickPickLabels(page),
  });
  await page.keyboard.press('Enter');
  await until('groups', async () => (await table.locator('.row.group').count()) > 0);
  expect((await names())[0]).toBe('lion');
  await table.locator('.row.group').first().locator('.box').click();
  await until('a closed group', async () => (await names())[1] === 'sgd', { instead: names });
  const mean = table.locator('.row.group').first().locator('[data-column="metrics.rmse"]');
  expect(await mean.getAttribute('title')).toMatch(/^mean [\d.]+ of 10 · min [\d.]+ · max [\d.]+/);
  await editor.screenshot('table-groups');
  await table.getByRole('button', { name: 'Views' }).click();
  await pick(page, 'Save View As…');
  await page.locator('.quick-input-title', { hasText: 'Save View' }).waitFor();
  await page.locator('.quick-input-widget:visible input[type="text"]:visible').first().fill('by optimizer');
  await page.keyboard.press('Enter');
  await table.getByRole('button', { name: 'Group Runs' }).click();
  await pick(page, 'No Groups');
  await until('no groups', async () => (await table.locator('.row.group').count()) === 0);
  await table.getByRole('button', { name: 'Views' }).click();
  await pick(page, 'by optimizer');
  await until('the groups again', async () => (await table.locator('.row.group').count()) > 0);
  await table.getByRole('button', { name: 'Group Runs' }).click();
  await pick(page, 'No Groups');
  await until('no groups again', async () => (await names())[0] === 'run 29', { instead: names });
});

test('what changes on the server changes in place', async () => {
  await row('run 27').locator('.name').click();
  const tracking = await openFileTrackingStore({ root: store() });
  const experimentId = (await tracking.getExperimentByName('wine'))?.experimentId ?? '';
  const { info } = await tracking.createRun({ experimentId, runName: 'live one', startTime: Date.now() });
  await until('the new run at the top', async () => (await names())[0] === 'live one', { instead: names });
  await tracking.logBatch(info.runId, { metrics: [{ key: 'rmse', step: 1, timestamp: Date.now(), value: 0.4321 }] });
  await until(
    'its value',
    async () => (await row('live one').locator('[data-column="metrics.rmse"]').innerText()) === '0.4321',
  );
  expect(await row('live one').locator('[data-column="attributes.status"]').innerText()).toBe('running');
  expect(await status()).toContain('1 selected');
  expect(await focused()).toEqual(['5', '2']); // the same run, one row lower
  await editor.screenshot('table-live');
  await tracking.updateRun(info.runId, { status: 'FINISHED', endTime: Date.now() });
  await until(
    'its end',
    async () => (await row('live one').locator('[data-column="attributes.status"]').innerText()) === 'finished',
  );
  // Nothing that comes takes the focus away from where the user is.
  await editor.page.keyboard.press('F1');
  await typeInQuickInput(editor.page, '>View:');
  await tracking.updateRun(info.runId, { runName: 'live two' });
  await until('its new name', async () => (await names())[0] === 'live two', { instead: names });
  expect((await quickPickLabels(editor.page)).length).toBeGreaterThan(3);
  await editor.page.keyboard.press('Escape');
  await tracking.deleteRun(info.runId);
  await until('that it is gone', async () => (await names())[0] === 'run 29', { instead: names });
  await tracking.close();
});

test('the menu of VS Code and the buttons act on the selected runs', async () => {
  const { page } = editor;
  await row('run 28')
    .locator('.name')
    .click({ modifiers: ['Control'] });
  await page.keyboard.press('Shift+F10');
  await until('the menu', async () => (await menuLabels()).includes('Compare Runs'), { instead: menuLabels });
  await editor.screenshot('table-context-menu');
  await clickMenuEntry(page, 'Compare Runs');
  const comparison = await webview(page, /^Compare 2 runs/);
  await until('the comparison', async () => (await comparison.locator('.run-name').count()) === 2);
  await runCommand(page, 'View: Close Editor');
  table = await webview(page, /^Runs · wine/);
  await until('the selection again', async () => (await status()).includes('2 selected'), { instead: status });
  await table.getByRole('button', { name: 'Copy' }).click();
  const copied = await until('the clipboard', async () => {
    const text = await page.evaluate(() => navigator.clipboard.readText());
    return text.startsWith('run_name\t') && text;
  });
  expect(copied.split('\n')).toHaveLength(3);
  await table.locator('vscode-button', { hasText: 'Charts' }).click();
  await webview(page, /^Metrics · 2 runs/);
  await runCommand(page, 'View: Close Editor');
  table = await webview(page, /^Runs · wine/);
});

test('runs are pinned to the top and hidden', async () => {
  await row('run 20').locator('.name').click();
  await table.getByRole('button', { name: 'Pin to the Top' }).click();
  await until('the pinned run', async () => (await names())[0] === 'run 20', { instead: names });
  await table.getByRole('button', { name: 'Pin to the Top' }).click();
  await until('its old place', async () => (await names())[0] === 'run 29', { instead: names });
  await row('run 29').locator('.name').click();
  await table.getByRole('button', { name: 'Hide' }).click();
  await until('the hidden run gone', async () => (await names())[0] === 'run 28', { instead: names });
  await table.locator('vscode-button', { hasText: 'Show 1 hidden' }).click();
  await until('it again', async () => (await names())[0] === 'run 29', { instead: names });
});

test('what is shown is written to a file', async () => {
  const { page } = editor;
  await until('rows', async () => (await names()).length > 5);
  await table.getByRole('button', { name: 'Export' }).click();
  await pick(page, 'CSV');
  const target = path.join(workspace, 'Runs-wine.csv');
  const input = page.locator('.quick-input-widget:visible input[type="text"]:visible').first();
  await until('the dialog', async () => (await input.inputValue()) === target);
  await page.keyboard.press('Enter');
  await until('the file', () => fs.existsSync(target));
  const lines = fs.readFileSync(target, 'utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength(31);
  expect(lines[0]).toBe(
    'run_name,status,start_time,duration_seconds,params.alpha,params.optimizer,metrics.val/accuracy,metrics.rmse,bestStep:metrics.rmse,min:metrics.rmse,tags.team',
  );
});

test('comes back after a reload as it was', async () => {
  const { page } = editor;
  await column('rmse').click();
  await until('the order', async () => (await names())[0] === 'run 17', { instead: names });
  const before = await headings();
  await page.waitForTimeout(500);
  await editor.reload();
  table = await webview(page, /^Runs · wine/);
  await until('the rows', async () => (await names())[0] === 'run 17', { ms: 30_000, instead: names });
  expect(await headings()).toEqual(before);
});

test('says that the server is away, keeps the rows, and goes on when it is back', async () => {
  const { page } = editor;
  await runCommand(page, 'MLflow: Stop Tracking Server');
  await until('the notice', async () => table.locator('.notice').isVisible());
  expect(await names()).toContain('run 17');
  await editor.screenshot('table-away');
  await runCommand(page, 'MLflow: Start Tracking Server');
  await until('no notice', async () => !(await table.locator('.notice').isVisible()), { ms: 30_000 });
});

test.each(Object.keys(THEMES) as Theme[])('can be looked at in %s', async (theme) => {
  const { page } = editor;
  await setTheme(page, theme);
  table = await webview(page, /^Runs · wine/);
  await row('run 17').locator('.name').click();
  await row('run 4')
    .locator('.name')
    .click({ modifiers: ['Control'] });
  await page.waitForTimeout(500);
  await editor.screenshot(`table-${theme}`);
  expect(await accessibilityProblems(table)).toEqual([]);
});

test('fits into a narrow window', async () => {
  const { page } = editor;
  await setTheme(page, 'dark');
  await page.setViewportSize({ width: 700, height: 500 });
  await page.waitForTimeout(800);
  await editor.screenshot('table-narrow');
  expect(await accessibilityProblems(table)).toEqual([]);
  // VS Code's own, at a reload or while it saves its settings on a busy machine.
  expect(editor.errors().filter((text) => !/IndexedDB|onWillSaveTextDocument/.test(text))).toEqual([]);
  expect(editor.log()).not.toMatch(/\[error\]/);
});
