import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { accessibilityProblems } from './driver/accessibility.ts';
import { clickMenuEntry, pick, runCommand } from './driver/commands.ts';
import { type Editor, openEditor, setTheme, THEMES, type Theme } from './driver/editor.ts';
import { stopServer } from './driver/stopServer.ts';
import { expandRow, openContainer, openContextMenu, treeRow } from './driver/trees.ts';
import { until } from './driver/until.ts';
import { tabTitles, webview } from './driver/webviews.ts';

const NOTE = `## Second try

Lower **learning rate**, see [the plan](https://example.org/plan).

<img src=x onerror=alert(1)> ![tracker](https://example.org/pixel.png)
`;
/** One black pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const MLMODEL = `artifact_path: model
flavors:
  python_function:
    loader_module: mlflow.sklearn
  sklearn:
    pickled_model: model.pkl
model_size_bytes: 1234567
run_id: x
`;

let folder: string;
let workspace: string;
let editor: Editor;
let runId: string;
let artifacts: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'details-'));
  workspace = path.join(folder, 'wine');
  fs.mkdirSync(workspace);
  await writeRuns();
  editor = await openEditor({ workspace, environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') } });
});

afterAll(async () => {
  await editor?.close();
  stopServer(path.join(workspace, '.mlflow'), path.join(folder, 'cache'));
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function openStore() {
  return openFileTrackingStore({ root: path.join(workspace, '.mlflow') });
}

async function writeRuns(): Promise<void> {
  const store = await openStore();
  const experimentId = await store.createExperiment({ name: 'wine' });
  const startTime = Date.now() - 120_000;
  const create = (runName: string, tags: Readonly<Record<string, string>>) =>
    store.createRun({ experimentId, userId: 'ada', runName, startTime, tags: new Map(Object.entries(tags)) });
  const { info } = await create('bold <b>wolf</b>', {
    'mlflow.note.content': NOTE,
    'mlflow.source.name': 'train.py',
    'mlflow.source.type': 'LOCAL',
    'mlflow.source.git.commit': 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678',
    'mlflow.user': 'ada',
    'mlflow.log-model.history': JSON.stringify([
      { artifact_path: 'model', flavors: { sklearn: {}, python_function: {} }, model_uuid: 'x' },
    ]),
    team: 'blue',
    stage: 'trial',
  });
  runId = info.runId;
  artifacts = info.artifactUri.replace(/^file:\/\//, '');
  const points = Array.from({ length: 60 }, (_, step) => [
    { key: 'loss', step, timestamp: startTime, value: 1 / (1 + step / 20) + (step % 7) / 100 },
    { key: 'val_f1', step, timestamp: startTime, value: step / (110 + step) },
    { key: 'broken', step, timestamp: startTime, value: Number.NaN },
    { key: 'system/cpu_utilization_percentage', step, timestamp: startTime, value: 40 + (step % 9) },
  ]).flat();
  const many = Array.from({ length: 120 }, (_, at) => ({
    key: `layer_${String(at).padStart(3, '0')}/norm`,
    step: 0,
    timestamp: startTime,
    value: at / 7,
  }));
  const params = [
    { key: 'alpha', value: '0.5' },
    { key: 'prompt', value: 'long '.repeat(1_000) },
    ...Array.from({ length: 8 }, (_, at) => ({ key: `layer_${at}`, value: String(64 * (at + 1)) })),
  ];
  await store.logBatch(runId, { metrics: [...points, ...many], params });
  const dataset = {
    name: 'wine-quality',
    digest: '0f1e2d3c',
    sourceType: 'http',
    source: '{"url": "https://example.org/wine.csv"}',
    schema: '{"mlflow_colspec": [{"type": "double", "name": "alcohol", "required": true}]}',
    profile: '{"num_rows": 1599}',
  };
  await store.logInputs(runId, [{ dataset, tags: new Map([['mlflow.data.context', 'training']]) }], []);
  const child = await create('calm-hen', { 'mlflow.parentRunId': runId });
  await store.updateRun(child.info.runId, { status: 'FINISHED', endTime: startTime + 5_000 });
  const write = (file: string, content: string | Buffer) => {
    fs.mkdirSync(path.dirname(path.join(artifacts, file)), { recursive: true });
    fs.writeFileSync(path.join(artifacts, file), content);
  };
  write('model/MLmodel', MLMODEL);
  write('model/requirements.txt', 'scikit-learn==1.5.0\n');
  write('model/model.pkl', Buffer.from([0, 1, 2, 3]));
  write('plots/roc.png', Buffer.from(PNG, 'base64'));
  write('report.html', '<h1>Report</h1><script>alert(1)</script>');
  write('answers.json', JSON.stringify({ columns: ['question', 'answer'], data: [['why?', '<i>because</i>']] }));
  write('notes.txt', 'first line\nsecond line\n');
  fs.writeFileSync(path.join(artifacts, 'huge.bin'), '');
  fs.truncateSync(path.join(artifacts, 'huge.bin'), 5 * 1024 ** 3);
  await store.close();
}

/** The page, found again after every reload. */
function details(): Promise<Frame> {
  return webview(editor.page, /wolf/);
}

async function textOf(page: Frame, selector: string): Promise<string> {
  return (await page.locator(selector).first().textContent()) ?? '';
}

describe('the details of a run', () => {
  test('open from the tree, with all that is known', async () => {
    const { page } = editor;
    await openContainer(page, 'MLflow');
    await expandRow(page, /^wine$/);
    await treeRow(page, /wolf/);
    await openContextMenu(page, 'bold <b>wolf</b>');
    await clickMenuEntry(page, 'Show Run Details');
    const view = await details();
    await until('the name', async () => (await textOf(view, 'h1')) === 'bold <b>wolf</b>');
    expect(await textOf(view, '.facts')).toContain('wine');
    expect(await textOf(view, '.facts')).toContain(runId);
    expect(await textOf(view, '.markdown strong')).toBe('learning rate');
    expect(await view.locator('.markdown img').count()).toBe(0);
    expect(await textOf(view, '.markdown')).toContain('<img src=x onerror=alert(1)>');
    expect(await textOf(view, '[data-key="alpha"] .value')).toBe('0.5');
    expect(await textOf(view, '[data-key="team"] .value')).toBe('blue');
    await until('the statistics', async () => /^0\.\d+$/.test(await textOf(view, '[data-key="loss"] .best')));
    expect(await view.locator('[data-key="loss"] path').getAttribute('d')).toMatch(/^M.*L/);
    expect(await view.locator('[data-key="broken"] td').allTextContents()).toEqual(
      expect.arrayContaining(['NaN', '—', '60']),
    );
    await until('the model', async () => (await textOf(view, '[data-model="model"]')).includes('sklearn'));
    expect(await textOf(view, '[data-model="model"]')).toMatch(/1\.2 MB/);
    expect(await textOf(view, '[data-dataset="wine-quality"]')).toMatch(/training.*0f1e2d3c.*1,599 rows/);
    await until('the child', async () => (await textOf(view, '.runs')).includes('calm-hen'));
    await editor.screenshot('details-top');
    expect(editor.errors()).toEqual([]);
  });
});
