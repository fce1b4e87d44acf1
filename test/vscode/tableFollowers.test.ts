import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { accessibilityProblems } from './driver/accessibility.ts';
import { runCommand } from './driver/commands.ts';
import { type Editor, openEditor } from './driver/editor.ts';
import { openScreen } from './driver/screens.ts';
import { stopServer } from './driver/stopServer.ts';
import { until } from './driver/until.ts';
import { tabTitles, webview } from './driver/webviews.ts';

let folder: string;
let workspace: string;
let editor: Editor;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'followers-'));
  workspace = path.join(folder, 'wine');
  fs.mkdirSync(workspace);
  await writeRuns(6);
  editor = await openEditor({ workspace, environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') } });
});

afterAll(async () => {
  await editor?.close();
  stopServer(path.join(workspace, '.mlflow'), path.join(folder, 'cache'));
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function writeRuns(count: number): Promise<void> {
  const tracking = await openFileTrackingStore({ root: path.join(workspace, '.mlflow') });
  const experimentId = await tracking.createExperiment({ name: 'wine' });
  for (let n = 0; n < count; n++) {
    const startTime = Date.now() - 60_000 * (count - n);
    const { info } = await tracking.createRun({ experimentId, userId: 'ada', runName: `run ${n}`, startTime });
    await tracking.logBatch(info.runId, {
      metrics: [0, 1, 2, 3].map((step) => ({ key: 'rmse', step, timestamp: startTime, value: n + 1 / (1 + step) })),
      params: [{ key: 'alpha', value: String(n / 10) }],
    });
    await tracking.updateRun(info.runId, { status: 'FINISHED', endTime: startTime + 1_000 });
  }
  await tracking.close();
}

const table = () => webview(editor.page, /^Runs · wine/);
const tabs = () => tabTitles(editor.page);

/** Selects runs of the table by mouse; the table has the focus then. */
async function select(names: readonly string[]): Promise<void> {
  const frame = await table();
  for (const [at, name] of names.entries()) {
    const row = frame.locator('.row').filter({ has: frame.getByText(name, { exact: true }) });
    await row.locator('.name').click({ modifiers: at === 0 ? [] : ['Control'] });
  }
}

async function press(label: string): Promise<void> {
  await (await table()).locator('vscode-button', { hasText: label }).click();
}

const curves = (frame: Frame) => frame.locator('.card[data-metric="rmse"]').getAttribute('data-curves');
const compared = (frame: Frame) => frame.locator('.run-name').allInnerTexts();
const followButton = (frame: Frame) =>
  frame.locator('vscode-button[aria-label="Show What Is Selected in the Runs Table"]');

test('charts of what is selected show what is selected next, beside the table', async () => {
  const { page } = editor;
  await openScreen(editor, 'MLflow: Open Runs Table', 'wine');
  await until('rows', async () => (await (await table()).locator('.canvas .row').count()) === 6);
  await select(['run 0', 'run 1']);
  await press('Charts');
  const charts = await webview(page, /^Metrics · 2 runs/);
  await until('two curves', async () => (await curves(charts)) === '2');
  expect(await followButton(charts).getAttribute('aria-pressed')).toBe('true');
  await runCommand(page, 'View: Move Editor into Next Group');
  // Though the table was hidden a moment after the click.
  const count = async () => (await table()).locator('.state .count').innerText();
  await until('what is selected', async () => (await count()).includes('2 selected'), { instead: count });
  await select(['run 1', 'run 3', 'run 5']);
  await until('three curves', async () => (await tabs()).some((it) => it === 'Metrics · 3 runs'), { instead: tabs });
  const moved = await webview(page, /^Metrics · 3 runs/);
  await until('three curves', async () => (await curves(moved)) === '3');
  expect(await moved.locator('.runs .run-label, .runs li').allInnerTexts()).not.toContain('run 0');
  await editor.screenshot('followers-charts');
  expect(await accessibilityProblems(moved)).toEqual([]);
});

test('none selected leaves them as they are; one alone is shown by its name', async () => {
  await select(['run 4']);
  await until('its name', async () => (await tabs()).includes('Metrics · run 4'), { instead: tabs });
  const charts = await webview(editor.page, /^Metrics/);
  await until('one curve', async () => (await curves(charts)) === '1');
  await (await table()).getByRole('button', { name: 'Clear Selection' }).click();
  await editor.page.waitForTimeout(600);
  expect(await tabs()).toContain('Metrics · run 4');
});

test('a comparison does so too, and one run alone is nothing to compare', async () => {
  const { page } = editor;
  await select(['run 0', 'run 2']);
  await press('Compare');
  const comparison = await webview(page, /^Compare 2 runs/);
  await until('two runs', async () => (await compared(comparison)).join() === 'run 0,run 2');
  await runCommand(page, 'View: Move Editor into Next Group');
  await select(['run 0', 'run 2', 'run 3']);
  const moved = await webview(page, /^Compare 3 runs/);
  await until('three runs', async () => (await compared(moved)).join() === 'run 0,run 2,run 3', {
    instead: () => compared(moved),
  });
  await editor.screenshot('followers-comparison');
  expect(await accessibilityProblems(moved)).toEqual([]);
  await select(['run 5']);
  await page.waitForTimeout(600);
  expect(await compared(moved)).toEqual(['run 0', 'run 2', 'run 3']);
});

test('they follow after a reload, until that is not wanted', async () => {
  const { page } = editor;
  await editor.reload();
  await until('rows', async () => (await (await table()).locator('.canvas .row').count()) === 6, { ms: 30_000 });
  let comparison = await webview(page, /^Compare 3 runs/);
  await until('three runs', async () => (await compared(comparison)).length === 3, { ms: 30_000 });
  await select(['run 1', 'run 4']);
  comparison = await webview(page, /^Compare 2 runs/);
  await until('others', async () => (await compared(comparison)).join() === 'run 1,run 4');
  await followButton(comparison).click();
  await until('no following', async () => (await followButton(comparison).getAttribute('aria-pressed')) === 'false');
  await select(['run 2', 'run 3', 'run 5']);
  // What is not looked at comes back when it is, and shows what is selected then.
  await webview(page, /^Metrics/);
  await until('the charts', async () => (await tabs()).includes('Metrics · 3 runs'), { instead: tabs });
  expect(await compared(await webview(page, /^Compare/))).toEqual(['run 1', 'run 4']);
  await press('Compare');
  await until('another comparison', async () => (await tabs()).includes('Compare 3 runs'));
  expect(await tabs()).toContain('Compare 2 runs');
});

test('the log tells why a screen cannot be read', async () => {
  const { page } = editor;
  await runCommand(page, 'View: Close All Editors');
  const frame = await openScreen(editor, 'MLflow: Open Runs Table', 'wine');
  await until('that it is live', async () => (await frame.locator('.live').innerText()) === 'live');
  await runCommand(page, 'MLflow: Stop Tracking Server');
  await until('the notice', async () => frame.locator('.notice').isVisible());
  expect(await frame.locator('.live').innerText()).toBe('offline');
  await editor.screenshot('followers-away');
  await frame.locator('.notice vscode-button', { hasText: 'Show Log' }).click();
  const said = await frame.locator('.notice-text').innerText();
  const lines = async () => (await page.locator('.part.panel .view-lines').innerText()).replaceAll('\u00a0', ' ');
  await until('the log', async () => (await lines()).includes(`[warning] ${said}`), { instead: lines });
  await runCommand(page, 'MLflow: Start Tracking Server');
  await until('that it is live again', async () => (await frame.locator('.live').innerText()) === 'live', {
    ms: 30_000,
  });
  expect(editor.errors()).toEqual([]);
});
