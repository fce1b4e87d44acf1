import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { accessibilityProblems } from './driver/accessibility.ts';
import { clickMenuEntry } from './driver/commands.ts';
import { type Editor, openEditor } from './driver/editor.ts';
import { stopServer } from './driver/stopServer.ts';
import { expandRow, openContainer, openContextMenu, treeRow } from './driver/trees.ts';
import { until } from './driver/until.ts';
import { webview } from './driver/webviews.ts';

let folder: string;
let workspace: string;
let editor: Editor;

const PAGE = `<html><head><style>h1 { color: rgb(255, 0, 0) }</style></head><body><h1>Report</h1>
<script>document.body.innerHTML = 'run'</script><img src="https://example.org/x.png" onerror="document.title='run'">
</body></html>`;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'previews-'));
  workspace = path.join(folder, 'wine');
  fs.mkdirSync(workspace);
  const store = await openFileTrackingStore({ root: path.join(workspace, '.mlflow') });
  const experimentId = await store.createExperiment({ name: 'wine' });
  const { info } = await store.createRun({ experimentId, runName: 'previews', startTime: Date.now() });
  await store.updateRun(info.runId, { status: 'FINISHED', endTime: Date.now() });
  await store.close();
  const artifacts = path.join(workspace, '.mlflow', experimentId, info.runId, 'artifacts');
  fs.copyFileSync(
    path.join(import.meta.dirname, '../fixtures/parquet/snappy.parquet'),
    path.join(artifacts, 'a.parquet'),
  );
  fs.writeFileSync(path.join(artifacts, 'b.csv'), 'name,value\n"<b>x</b>",1\n');
  fs.writeFileSync(path.join(artifacts, 'c.html'), PAGE);
  for (const name of ['huge.csv', 'huge.html', 'huge.json', 'huge.parquet', 'huge.png', 'huge.txt']) {
    fs.writeFileSync(path.join(artifacts, name), 'x,y\n');
    fs.truncateSync(path.join(artifacts, name), 5 * 1024 ** 3);
  }
  editor = await openEditor({ workspace, environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') } });
  await openContainer(editor.page, 'MLflow');
  await expandRow(editor.page, 'wine');
  await treeRow(editor.page, 'previews');
  await openContextMenu(editor.page, 'previews');
  await clickMenuEntry(editor.page, 'Show Run Details');
});

afterAll(async () => {
  await editor?.close();
  stopServer(path.join(workspace, '.mlflow'), path.join(folder, 'cache'));
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function select(name: string): Promise<Frame> {
  const view = await webview(editor.page, /^previews$/);
  await view
    .locator('[role="treeitem"]')
    .filter({ has: view.locator(`.name:text-is("${name}")`) })
    .click();
  return view;
}

const textOf = (view: Frame, selector: string) => view.locator(selector).first().innerText();

test('Parquet files and separated values are tables', async () => {
  const view = await select('a.parquet');
  await until('the rows', async () => (await textOf(view, '.grid tbody')).includes('größe'));
  expect(await textOf(view, '.preview .note')).toBe('3 rows');
  expect(await textOf(view, '.grid')).toContain('1969-12-31');
  await editor.screenshot('previews-parquet');
  await select('b.csv');
  await until('the values', async () => (await textOf(view, '.grid tbody')).includes('<b>x</b>'));
  expect(await accessibilityProblems(view)).toEqual([]);
});

test('a page is drawn, and can do nothing', async () => {
  const view = await select('c.html');
  await until('its source', async () => (await textOf(view, '.preview pre')).includes('<script>'));
  await view.locator('.preview button', { hasText: 'Show Page' }).click();
  const page = await webview(editor.page, /^c\.html$/);
  await until('the page', async () => (await textOf(page, 'h1')) === 'Report');
  expect(await page.locator('h1').evaluate((it) => getComputedStyle(it).color)).toBe('rgb(255, 0, 0)');
  expect(await page.title()).not.toBe('run');
  await editor.screenshot('previews-page');
});

test.each([
  ['huge.csv', /x\s+y|binary/],
  ['huge.html', /binary/],
  ['huge.json', /binary/],
  ['huge.parquet', /cannot be shown \(5 GB\)/],
  ['huge.png', /above 5 MB/],
  ['huge.txt', /binary/],
])('%s of 5 GB is looked at without being read', async (name, wanted) => {
  const view = await select(name);
  await until('the title', async () => (await textOf(view, '.preview h3')) === name);
  await until('what is shown', async () => wanted.test(await textOf(view, '.preview')), {
    instead: () => textOf(view, '.preview'),
  });
});

test('nothing went wrong meanwhile', () => {
  // The page that can do nothing says so in the console of VS Code.
  expect(editor.errors().filter((text) => !/Content Security Policy|sandboxed/.test(text))).toEqual([]);
});
