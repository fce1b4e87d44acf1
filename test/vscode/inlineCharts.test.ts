import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { runColor } from '../../src/views/runColor.ts';
import { pick, typeInQuickInput } from './driver/commands.ts';
import { type Editor, openEditor, setTheme } from './driver/editor.ts';
import { colorName, colorShares, themeProblems } from './driver/pixels.ts';
import { stopServer } from './driver/stopServer.ts';
import { clickCodeLens, codeLenses, goTo, hoverText, openFile } from './driver/textEditor.ts';
import { until } from './driver/until.ts';
import { tabTitles, webview } from './driver/webviews.ts';

const SCRIPT = `import mlflow

mlflow.set_experiment("wine")

with mlflow.start_run():
    for epoch in range(100):
        loss, accuracy = train(epoch)
        mlflow.log_metric("loss", loss, step=epoch)
        mlflow.log_metrics({"accuracy": accuracy, "val_f1": f1}, step=epoch)
    mlflow.log_metric("never", 1)
    mlflow.log_metric("broken", float("nan"))
`;

let folder: string;
let workspace: string;
let editor: Editor;
/** Of the run that began last. */
let latestId: string;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inline-'));
  workspace = path.join(folder, 'wine');
  fs.mkdirSync(workspace);
  fs.writeFileSync(path.join(workspace, 'train.py'), SCRIPT);
  fs.writeFileSync(path.join(workspace, 'other.py'), SCRIPT.replace('import mlflow\n', ''));
  const cell = (source: string) => ({ cell_type: 'code', metadata: {}, outputs: [], execution_count: null, source });
  const notebook = {
    cells: [cell('import mlflow\nmlflow.set_experiment("wine")'), cell('mlflow.log_metric("loss", 1)')],
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  fs.writeFileSync(path.join(workspace, 'train.ipynb'), JSON.stringify(notebook));
  await writeRuns(3);
});

afterEach(async () => {
  await editor?.close();
  for (const name of [workspace, path.join(folder, 'project')]) {
    stopServer(path.join(name, '.mlflow'), path.join(folder, 'cache'));
  }
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function writeRuns(count: number): Promise<void> {
  const store = await openFileTrackingStore({ root: path.join(workspace, '.mlflow') });
  const experimentId = await store.createExperiment({ name: 'wine' });
  for (let number = 0; number < count; number++) {
    const startTime = Date.now() - 1_000 * (count - number);
    const tags = new Map([['mlflow.source.name', 'train.py']]);
    const { info } = await store.createRun({ experimentId, userId: 'ada', runName: `run ${number}`, startTime, tags });
    const points = Array.from({ length: 100 }, (_, step) => [
      { key: 'loss', step, timestamp: startTime, value: 1 / (1 + (step * (number + 1)) / 20) + (step % 7) / 100 },
      { key: 'accuracy', step, timestamp: startTime, value: 1 - 1 / (1 + (step * (number + 2)) / 30) },
      { key: 'val_f1', step, timestamp: startTime, value: step / (number + 110) },
    ]).flat();
    const broken = { key: 'broken', step: 0, timestamp: startTime, value: Number.NaN };
    await store.logBatch(info.runId, { metrics: [...points, broken] });
    await store.updateRun(info.runId, { status: 'FINISHED', endTime: startTime + 900 });
    latestId = info.runId;
  }
  await store.close();
}

/** What stands behind the lines of the active editor, and how many pictures do. */
function decorations(page: Page): Promise<{ readonly text: string; readonly pictures: number }> {
  return page.evaluate(() => {
    const contents = [
      ...document.querySelectorAll('.editor-instance .view-line span, .notebookOverlay .view-line span'),
    ].map((span) => getComputedStyle(span, '::after').content);
    return {
      text: contents.filter((content) => content.startsWith('"')).join('\n'),
      pictures: contents.filter((content) => content.startsWith('url(')).length,
    };
  });
}

test('curves of the latest runs stand beside the lines that log them, and grow', async () => {
  editor = await openEditor({
    workspace,
    environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') },
    size: { width: 1100, height: 640 },
  });
  const { page } = editor;
  await openFile(page, path.join(workspace, 'train.py'));
  const drawn = await until('the curves', async () => {
    const now = await decorations(page);
    return now.pictures >= 2 && now;
  });
  expect(drawn.text).toMatch(/0\.\d+ · best 0\.\d+/);
  expect(drawn.text).toMatch(/accuracy 0\.\d+ {2}val_f1 0\.\d+/);
  expect(drawn.text).toContain('no number');
  expect(drawn.text).not.toContain('never');
  await until('the runs above their start', async () => (await codeLenses(page)).length >= 4);
  expect(await codeLenses(page)).toEqual(
    expect.arrayContaining([expect.stringMatching(/run 2 · .+ 0\.\d+/), expect.stringMatching(/3 runs/)]),
  );
  for (const theme of ['light', 'high-contrast', 'dark'] as const) {
    await setTheme(page, theme);
    await editor.screenshot(`inline-${theme}`);
    const lines = page.locator('.editor-instance .overflow-guard').first();
    expect(await themeProblems(lines), theme).toEqual([]);
    const { color } = runColor(latestId);
    expect((await colorShares(lines)).get(colorName(color)) ?? 0, `${theme}: ${color}`).toBeGreaterThan(0);
  }
  const hover = await hoverText(page, 8, 20);
  expect(hover).toMatch(/loss · best 0\.\d+/);
  expect(hover).toContain('run 2');
  expect(hover).toContain('Charts');
  await until('the picture in the hover', () =>
    page
      .locator('.monaco-hover img')
      .evaluateAll((images) => images.some((it) => (it as HTMLImageElement).naturalWidth > 300)),
  );
  await editor.screenshot('inline-hover');
  await page.keyboard.press('Escape');

  const store = await openFileTrackingStore({ root: path.join(workspace, '.mlflow') });
  const [latest] = (
    await store.searchRuns({ experimentIds: [(await store.getExperimentByName('wine'))?.experimentId ?? ''] })
  ).items;
  await store.logBatch(latest?.info.runId ?? '', {
    metrics: [{ key: 'loss', step: 200, timestamp: Date.now(), value: 0.001 }],
  });
  await store.close();
  await until('the new point', async () => (await decorations(page)).text.includes('0.001'));

  await goTo(page, 1, 1);
  await page.keyboard.type('x = 1\n');
  await until('the curves one line lower', async () => (await decorations(page)).pictures >= 2);
  await clickCodeLens(page, '3 runs');
  await until('the chart', async () => (await tabTitles(page)).some((title) => /3 runs/.test(title)));
  expect(editor.errors()).toEqual([]);
});

test('notebooks have them, files without MLflow and a setting have not', async () => {
  editor = await openEditor({
    workspace,
    environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') },
    settings: { 'workbench.editorAssociations': { '*.ipynb': 'jupyter-notebook' } },
  });
  const { page } = editor;
  await openFile(page, path.join(workspace, 'train.py'));
  await until('the curves', async () => (await decorations(page)).pictures >= 2);
  await openFile(page, path.join(workspace, 'other.py'));
  await until('no curves', async () => (await decorations(page)).pictures === 0);

  await page.keyboard.press('Control+P');
  await typeInQuickInput(page, 'train.ipynb');
  await pick(page, 'train.ipynb');
  await until('the curve in the cell', async () => (await decorations(page)).pictures >= 1);
  await editor.screenshot('inline-notebook');

  await openFile(page, path.join(workspace, 'train.py'));
  await until('the curves', async () => (await decorations(page)).pictures >= 2);
  fs.mkdirSync(path.join(workspace, '.vscode'));
  fs.writeFileSync(path.join(workspace, '.vscode', 'settings.json'), '{"mlflow.inlineCharts.enabled": false}');
  await until('no curves', async () => (await decorations(page)).pictures === 0);
  expect(editor.errors()).toEqual([]);
});

test('entry points of MLproject files have them, and a hover that leads to the runs', async () => {
  const project = path.join(folder, 'project');
  fs.mkdirSync(project);
  fs.writeFileSync(
    path.join(project, 'MLproject'),
    'name: wine\nentry_points:\n  main:\n    parameters: {alpha: float}\n    command: "python train.py {alpha}"\n  other:\n    command: "python other.py"\n',
  );
  const store = await openFileTrackingStore({ root: path.join(project, '.mlflow') });
  const tags = new Map([
    ['mlflow.source.name', fs.realpathSync(project)],
    ['mlflow.source.type', 'PROJECT'],
    ['mlflow.project.entryPoint', 'main'],
  ]);
  for (const at of [0, 1]) {
    const startTime = Date.now() - 10_000 + at;
    const { info } = await store.createRun({ experimentId: '0', runName: `run ${at}`, startTime, tags });
    const metrics = [3, 2, 1].map((value, step) => ({ key: 'rmse', value: value + at, step, timestamp: startTime }));
    await store.logBatch(info.runId, { metrics, params: [{ key: 'alpha', value: '0.5' }] });
    await store.updateRun(info.runId, { status: 'FINISHED', endTime: startTime + 1_000 });
  }
  await store.close();
  editor = await openEditor({
    workspace: project,
    environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') },
  });
  const { page } = editor;
  await openFile(page, path.join(project, 'MLproject'));
  const drawn = await until('the curve', async () => {
    const now = await decorations(page);
    return now.pictures > 0 && now;
  });
  expect(drawn).toEqual({ text: '"rmse 2"', pictures: 1 });
  const hover = await hoverText(page, 3, 4);
  expect(hover).toMatch(/rmse · best 1 · Charts/);
  await editor.screenshot('inline-project');
  await page.locator('.monaco-hover:visible a', { hasText: 'run 0' }).click();
  await until('the details', async () => (await tabTitles(page)).includes('run 0'));
  const details = await webview(page, /^run 0$/);
  const command = details.locator('[data-key="Command"] .text');
  await command.waitFor();
  expect(await command.innerText()).toBe(`mlflow run ${fs.realpathSync(project)} -e main -P alpha=0.5`);
  await page.locator('.tab', { hasText: 'MLproject' }).first().click();
  await until('the curve again', async () => (await decorations(page)).pictures > 0);
  fs.mkdirSync(path.join(project, '.vscode'));
  fs.writeFileSync(path.join(project, '.vscode', 'settings.json'), '{"mlflow.inlineCharts.enabled": false}');
  await until('no curves', async () => (await decorations(page)).pictures === 0);
  expect(editor.errors()).toEqual([]);
});
