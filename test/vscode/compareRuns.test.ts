import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { png } from '../support/png.ts';
import { accessibilityProblems } from './driver/accessibility.ts';
import { clickMenuEntry, runCommand } from './driver/commands.ts';
import { type Editor, openEditor, setTheme } from './driver/editor.ts';
import { themeProblems } from './driver/pixels.ts';
import { stopServer } from './driver/stopServer.ts';
import { expandRow, openContainer, openContextMenu, selectRows, treeRow } from './driver/trees.ts';
import { until } from './driver/until.ts';
import { tabTitles, webview } from './driver/webviews.ts';

let folder: string;
let workspace: string;
let editor: Editor;

function git(...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=ada', '-c', 'user.email=ada@example.org', ...args], {
    cwd: workspace,
    encoding: 'utf8',
  }).trim();
}

function commit(code: string): string {
  fs.writeFileSync(path.join(workspace, 'train.py'), code);
  git('add', 'train.py');
  git('commit', '-m', 'train');
  return git('rev-parse', 'HEAD');
}

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'compare-'));
  workspace = path.join(folder, 'wine');
  fs.mkdirSync(workspace);
  git('init', '--quiet', '--initial-branch=main');
  const commits = [commit('alpha = 1\n'), commit('alpha = 2\nbeta = 3\n')];
  const store = await openFileTrackingStore({ root: path.join(workspace, '.mlflow') });
  const experimentId = await store.createExperiment({ name: 'wine' });
  for (const [at, revision] of commits.entries()) {
    const tags = new Map([['mlflow.source.git.commit', revision]]);
    const { info } = await store.createRun({
      experimentId,
      userId: 'ada',
      runName: `run ${at}`,
      startTime: Date.now() + at,
      tags,
    });
    const params = [
      { key: 'alpha', value: `0.${at}` },
      { key: 'same', value: 'x' },
    ];
    const metrics = Array.from({ length: 30 }, (_, step) => {
      return { key: 'rmse', value: 0.7 + at + 1 / (1 + step), step, timestamp: Date.now() };
    });
    await store.logBatch(info.runId, { params, metrics });
    const files = fileURLToPath(info.artifactUri.startsWith('file:') ? info.artifactUri : `file://${info.artifactUri}`);
    fs.mkdirSync(path.join(files, 'model'), { recursive: true });
    fs.writeFileSync(path.join(files, 'model', 'requirements.txt'), `mlflow\nscikit-learn==1.${at}\n`);
    fs.writeFileSync(path.join(files, 'notes.md'), 'the same\n');
    fs.writeFileSync(path.join(files, 'roc.png'), png(60 * at));
    fs.mkdirSync(path.join(files, 'images'));
    // As `mlflow.log_image(key="val/pred", step=…)` of MLflow 3 names them; the second run has logged fewer.
    for (const step of at === 0 ? [0, 5, 10] : [0, 5]) {
      const name = `val~pred+step+${step}+timestamp+179580405109${step}+408c6cc2-b4fa-4620-a830-f7e54480a1f${at}`;
      fs.writeFileSync(path.join(files, 'images', `${name}.png`), png(20 * step + 40 * at));
      fs.writeFileSync(path.join(files, 'images', `${name}+compressed.webp`), 'small');
    }
    await store.updateRun(info.runId, { status: 'FINISHED', endTime: Date.now() + 1_000 });
  }
  await store.close();
  editor = await openEditor({ workspace, environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') } });
});

afterAll(async () => {
  await editor?.close();
  stopServer(path.join(workspace, '.mlflow'), path.join(folder, 'cache'));
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** The lines of both sides of the diff editor. */
function diffLines(page: Page): Promise<string[]> {
  const lines = page.locator('.monaco-diff-editor .view-line');
  return lines.evaluateAll((all) => all.map((line) => (line.textContent ?? '').replaceAll('\u00a0', ' ')));
}

async function openDiff(title: string): Promise<void> {
  const frame = await webview(editor.page, /^Compare 2 runs/);
  await frame.locator(`button[aria-label="${title}"]`).click();
}

async function backToComparison(): Promise<void> {
  await editor.page.locator('.tab', { hasText: 'Compare 2 runs' }).first().click();
}

test('what differs opens in the diff editor: parameters, artifacts, code', async () => {
  const { page } = editor;
  await openContainer(page, 'MLflow');
  await expandRow(page, /wine/);
  await treeRow(page, 'run 1');
  await selectRows(page, ['run 0', 'run 1']);
  await openContextMenu(page, 'run 1');
  await clickMenuEntry(page, 'Compare Runs');
  const frame = await webview(page, /^Compare 2 runs/);
  const row = (key: string) => frame.locator(`tr[data-key="${key}"]`);
  await until('the artifact that differs', async () => (await row('model/requirements.txt').count()) === 1);
  expect(await row('notes.md').count()).toBe(0);
  await until('a curve', async () => (await frame.locator('[data-curve="rmse"] path').count()) === 2);
  await until('the picture', async () => (await frame.locator('.frame img').count()) > 0);
  for (const theme of ['light', 'high-contrast', 'dark'] as const) {
    await setTheme(page, theme);
    await editor.screenshot(`compare-diffs-${theme}`);
    expect(await accessibilityProblems(frame), theme).toEqual([]);
    expect(await themeProblems(frame.locator('body')), theme).toEqual([]);
  }

  await openDiff('Open Diff of model/requirements.txt');
  await until('the requirements of both', async () => {
    const lines = await diffLines(page);
    return lines.includes('scikit-learn==1.0') && lines.includes('scikit-learn==1.1');
  });
  await backToComparison();
  await openDiff('Open Parameters as Diff');
  await until('the parameters of both', async () => {
    const lines = await diffLines(page);
    return lines.includes('alpha: "0.0"') && lines.includes('alpha: "0.1"');
  });
  await backToComparison();
  await openDiff('Open Code as Diff');
  await until('the code of both', async () => (await diffLines(page)).includes('beta = 3'), { ms: 30_000 });
  await editor.screenshot('compare-code');
  expect((await tabTitles(page)).some((title) => /^Code: run/.test(title))).toBe(true);
  expect(editor.errors()).toEqual([]);
});

test('code and environment are summed up, and listed by file and package', async () => {
  await backToComparison();
  const frame = await webview(editor.page, /^Compare 2 runs/);
  const section = (title: string) => frame.locator(`tbody[data-section="${title}"]`);
  const heading = (title: string) => section(title).locator('tr').first().locator('td:not(.curve)').allInnerTexts();
  expect(await heading('Environment')).toEqual(['2 packages', '1 package differs']);
  expect(await section('Environment').locator('tr[data-key="scikit-learn"] td').allInnerTexts()).toEqual([
    '1.0',
    '1.1',
  ]);
  expect((await heading('Code')).map((text) => text.length)).toEqual([7, 7]);
  expect(await section('Code').locator('tr[data-key="Changed files"] td').allInnerTexts()).toEqual(['—', 'train.py']);
});

test('pictures of a step stand side by side, and are zoomed together', async () => {
  const { page } = editor;
  const frame = await webview(page, /^Compare 2 runs/);
  const strip = frame.locator('tr.images[data-key="val/pred"]');
  await strip.scrollIntoViewIfNeeded();
  const pictures = () => strip.locator('.frame').evaluateAll((all) => all.map((it) => it.getAttribute('aria-label')));
  expect(await pictures()).toEqual(['val/pred at step 10 of run 0', 'val/pred at step 5 of run 1']);
  await until(
    'that one is of another step',
    async () => (await strip.locator('.other-step:not(:empty)').count()) === 1,
  );
  const slider = strip.getByRole('slider', { name: 'Step of val/pred' });
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  expect(await slider.getAttribute('aria-valuetext')).toBe('step 5');
  expect(await pictures()).toEqual(['val/pred at step 5 of run 0', 'val/pred at step 5 of run 1']);
  await until('both', async () => (await strip.locator('.frame img').count()) === 2);
  expect(await strip.locator('.other-step:not(:empty)').count()).toBe(0);
  const place = () => strip.locator('img').evaluateAll((all) => all.map((it) => getComputedStyle(it).transform));
  // A picture that is not read yet is not drawn, and has no place.
  const whole = await until('both drawn', async () => {
    const [one, other] = await place();
    return one === other && one;
  });
  await strip.locator('.frame').first().focus();
  for (const key of ['+', '+', 'ArrowLeft']) await page.keyboard.press(key);
  const [one, other] = await place();
  expect(one).not.toBe(whole);
  expect(other).toBe(one);
  await editor.screenshot('compare-images');
  await page.keyboard.press('0');
  expect(await place()).toEqual([whole, whole]);
});

test('keys are filtered, and everything is kept over a reload', async () => {
  const { page } = editor;
  let frame = await webview(page, /^Compare 2 runs/);
  await frame.locator('vscode-text-field').locator('input').fill('alph');
  await until('one parameter', async () => (await frame.locator('tr[data-key="rmse"]').count()) === 0);
  expect(await frame.locator('tr[data-key="alpha"]').count()).toBe(1);
  await frame.locator('vscode-dropdown').click();
  await frame.locator('vscode-option', { hasText: 'run 1' }).click();
  await until('the other baseline', async () =>
    (await frame.locator('th:has(.badge)').innerText()).startsWith('run 1'),
  );
  await frame.locator('vscode-text-field').locator('input').fill('changed');
  const files = frame.locator('tr[data-key="Changed files"] td');
  await until('the same files the other way round', async () => (await files.allInnerTexts()).join() === 'train.py,—', {
    instead: () => files.allInnerTexts(),
  });
  await frame.locator('vscode-text-field').locator('input').fill('alph');
  await page.waitForTimeout(300);
  await editor.reload();
  frame = await webview(page, /^Compare 2 runs/);
  await until('the parameter', async () => (await frame.locator('tr[data-key="alpha"]').count()) === 1, { ms: 30_000 });
  expect(await frame.locator('th:has(.badge)').innerText()).toContain('run 1');
  expect(await frame.locator('tr[data-key="rmse"]').count()).toBe(0);
  await frame.locator('vscode-text-field').locator('input').fill('');
});

test('says that the server is away, keeps what it shows, and goes on by itself', async () => {
  const { page } = editor;
  const frame = await webview(page, /^Compare 2 runs/);
  await runCommand(page, 'MLflow: Stop Tracking Server');
  await until('the notice', async () => frame.locator('.notice').isVisible());
  expect(await frame.locator('tr[data-key="alpha"]').count()).toBe(1);
  await editor.screenshot('compare-away');
  await runCommand(page, 'MLflow: Start Tracking Server');
  await until('no notice', async () => !(await frame.locator('.notice').isVisible()), { ms: 30_000 });
});
