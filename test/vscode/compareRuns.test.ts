import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { accessibilityProblems } from './driver/accessibility.ts';
import { clickMenuEntry } from './driver/commands.ts';
import { type Editor, openEditor, setTheme } from './driver/editor.ts';
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
    const metrics = [{ key: 'rmse', value: 0.7 + at, step: 0, timestamp: Date.now() }];
    await store.logBatch(info.runId, { params, metrics });
    const files = fileURLToPath(info.artifactUri.startsWith('file:') ? info.artifactUri : `file://${info.artifactUri}`);
    fs.mkdirSync(path.join(files, 'model'), { recursive: true });
    fs.writeFileSync(path.join(files, 'model', 'requirements.txt'), `mlflow\nscikit-learn==1.${at}\n`);
    fs.writeFileSync(path.join(files, 'notes.md'), 'the same\n');
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
  for (const theme of ['light', 'high-contrast', 'dark'] as const) {
    await setTheme(page, theme);
    await editor.screenshot(`compare-diffs-${theme}`);
    expect(await accessibilityProblems(frame), theme).toEqual([]);
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
  await openDiff('Open Diff of Code');
  await until('the code of both', async () => (await diffLines(page)).includes('beta = 3'), { ms: 30_000 });
  await editor.screenshot('compare-code');
  expect((await tabTitles(page)).some((title) => /^Code: run/.test(title))).toBe(true);
  expect(editor.errors()).toEqual([]);
});
