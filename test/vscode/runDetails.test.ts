import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Batch } from '../../src/entities/run.ts';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { accessibilityProblems } from './driver/accessibility.ts';
import { acceptQuickInput, clickMenuEntry, clickProgress, pick, runCommand, statusBar } from './driver/commands.ts';
import { type Editor, openEditor, setTheme, THEMES, type Theme } from './driver/editor.ts';
import { themeProblems } from './driver/pixels.ts';
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

function localPath(uri: string): string {
  return uri.replace(/^file:\/\//, '');
}

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
  artifacts = localPath(info.artifactUri);
  const points = Array.from({ length: 60 }, (_, step) => [
    { key: 'loss', step, timestamp: startTime, value: 1 / (1 + step / 20) + (step % 7) / 100 },
    { key: 'val_f1', step, timestamp: startTime, value: step / (110 + step) },
    { key: 'broken', step, timestamp: startTime, value: Number.NaN },
    { key: 'system/cpu_utilization_percentage', step, timestamp: startTime, value: 40 + (step % 9) },
  ]).flat();
  const many = Array.from({ length: 120 }, (_, at) => ({
    key: `weights/norm_${String(at).padStart(3, '0')}`,
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
  fs.writeFileSync(path.join(artifacts, 'large.log'), 'x'.repeat(11 * 1024 ** 2));
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
    await until('a quiet page', async () => (await view.locator('[role="treeitem"]').count()) >= 5);
    await page.mouse.move(900, 885);
    await editor.screenshot('details-top');
    expect(editor.errors()).toEqual([]);
  });

  test('name, description and tags are edited in place, also while the run goes on', async () => {
    const view = await details();
    await view.locator('button[aria-label="Rename run"]').click();
    const name = view.locator('input[aria-label="Name of the run"]');
    await name.fill('');
    await name.press('Enter');
    await until('the refusal', async () => (await textOf(view, '.refusal')).includes('needs a name'));
    await name.fill('shy wolf');
    await name.press('Enter');
    await until('the new name', async () => (await textOf(view, 'h1')) === 'shy wolf');
    await until('the new title', async () => (await tabTitles(editor.page)).includes('shy wolf'));
    expect(await view.locator('.refusal').isVisible()).toBe(false);

    await view.locator('button[aria-label="Edit description"]').click();
    const note = view.locator('textarea');
    await note.fill('Half a *thought*');
    await log({ metrics: [{ key: 'loss', step: 60, timestamp: Date.now(), value: 0.001 }] });
    await until('the new point', async () => (await textOf(view, '[data-key="loss"] .best')) === '0.001');
    expect(await note.inputValue()).toBe('Half a *thought*');
    expect(await note.evaluate((field) => field === document.activeElement)).toBe(true);
    await note.press('Control+Enter');
    await until('the description', async () => (await textOf(view, '.markdown em')) === 'thought');

    await view.locator('.adder button').click();
    await view.locator('.adder input').first().fill('reviewed');
    await view.locator('.adder input').last().fill('yes');
    await view.locator('.adder input').last().press('Enter');
    await until('the new tag', async () => (await textOf(view, '[data-key="reviewed"] .value')) === 'yes');
    await view.locator('[data-key="team"] button[aria-label="Edit team"]').click();
    await view.locator('[data-key="team"] input').fill('red');
    await view.locator('[data-key="team"] input').press('Enter');
    await until('the changed tag', async () => (await textOf(view, '[data-key="team"] .value')) === 'red');
    await view.locator('[data-key="stage"] button[aria-label="Delete stage"]').click();
    await until('no such tag', async () => (await view.locator('[data-key="stage"]').count()) === 0);
    const store = await openStore();
    const { info, data } = await store.getRun(runId);
    await store.close();
    expect(info.runName).toBe('shy wolf');
    expect(Object.fromEntries(data.tags)).toMatchObject({
      reviewed: 'yes',
      team: 'red',
      'mlflow.note.content': 'Half a *thought*',
    });
    expect(data.tags.has('stage')).toBe(false);
    expect(editor.errors()).toEqual([]);
  });

  test('thousands of metrics are paged and filtered, system metrics folded', async () => {
    const view = await details();
    await until('the pager', async () => (await textOf(view, '.pager')).includes('1–25 of 123'));
    await view.locator('button[aria-label="Next page"]').first().click();
    await until('the second page', async () => (await textOf(view, '.pager')).includes('26–50 of 123'));
    await view.locator('input[aria-label="Filter metrics"]').fill('norm 119');
    await until('one metric', async () => (await view.locator('.metrics tbody tr').count()) === 1);
    expect(await textOf(view, '.metrics tbody th')).toBe('weights/norm_119');
    await view.locator('input[aria-label="Filter metrics"]').fill('');
    await until('all again', async () => (await textOf(view, '.pager')).includes('1–25 of 123'));
    expect(await view.locator('[data-key="system/cpu_utilization_percentage"]').count()).toBe(0);
    await view.locator('.section-title', { hasText: 'System metrics' }).click();
    await until(
      'system metrics',
      async () => (await view.locator('[data-key="system/cpu_utilization_percentage"]').count()) === 1,
    );
    await view.locator('.section-title', { hasText: 'System metrics' }).click();
  });

  test('artifacts: a tree that the keyboard moves in, previews, and editors of VS Code', async () => {
    const { page } = editor;
    const view = await details();
    const row = (name: string) =>
      view.locator('[role="treeitem"]').filter({ has: view.locator(`.name:text-is("${name}")`) });
    await row('plots').click();
    await row('roc.png').click();
    await until('the picture', () =>
      view.locator('.preview img').evaluate((image) => (image as HTMLImageElement).naturalWidth === 1),
    );
    await row('answers.json').click();
    await until('the table', async () => (await textOf(view, '.grid tbody')).includes('<i>because</i>'));
    await row('report.html').click();
    await until('the source', async () => (await textOf(view, '.preview pre')).includes('<script>alert(1)</script>'));
    await row('huge.bin').click();
    await until('its size', async () => (await textOf(view, '.preview .note')).includes('5 GB'));
    await view.locator('.preview button', { hasText: 'Open in Editor' }).click();
    await until('the refusal', async () => (await textOf(view, '.refusal')).includes('download it instead'));
    await view.locator('.refusal button').click();

    await row('large.log').click();
    await until('its start', async () => (await textOf(view, '.preview')).includes('The first 64 KB of 11 MB'));
    await view.locator('.preview button', { hasText: 'Open in Editor' }).click();
    await page.locator('.monaco-dialog-box', { hasText: "Open 'large.log'?" }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.monaco-dialog-box').waitFor({ state: 'detached' });
    expect((await tabTitles(page)).some((title) => title.startsWith('large'))).toBe(false);

    await row('plots').focus();
    await page.keyboard.press('ArrowLeft');
    await until('a closed folder', async () => (await row('roc.png').count()) === 0);
    await page.keyboard.press('ArrowRight');
    await until('an open folder', async () => (await row('roc.png').count()) === 1);
    await page.keyboard.press('ArrowRight');
    expect(await row('roc.png').evaluate((it) => it === document.activeElement)).toBe(true);

    fs.writeFileSync(path.join(artifacts, 'new.txt'), 'new');
    await until('the new file', async () => (await row('new.txt').count()) === 1);
    expect(await row('roc.png').evaluate((it) => it === document.activeElement)).toBe(true);
    await row('new.txt').click();
    await until('its text', async () => (await textOf(view, '.preview pre')) === 'new');
    fs.appendFileSync(path.join(artifacts, 'new.txt'), 'er');
    await until('its longer text', async () => (await textOf(view, '.preview pre')) === 'newer');
    fs.rmSync(path.join(artifacts, 'new.txt'));
    await until('that it is gone', async () => (await textOf(view, '.preview')).includes('is not there'));
    await row('notes.txt').click();
    await until('another text', async () => (await textOf(view, '.preview pre')).includes('second line'));
    await view.locator('.preview').scrollIntoViewIfNeeded();
    await editor.screenshot('details-artifacts');
    await view.locator('.preview button', { hasText: 'Open in Editor' }).click();
    await until('the editor', async () => (await tabTitles(page)).some((title) => title.startsWith('notes')));
    expect(editor.errors()).toEqual([]);
  });

  test('a large file is downloaded to a chosen place, and can be stopped', async () => {
    const { page } = editor;
    const view = await details();
    const row = (name: string) =>
      view.locator('[role="treeitem"]').filter({ has: view.locator(`.name:text-is("${name}")`) });
    const target = path.join(workspace, 'notes.txt');
    await row('notes.txt').click();
    await view.locator('.preview button', { hasText: 'Download' }).click();
    await acceptWhen(target);
    await until('the file', () => fs.existsSync(target));
    expect(fs.readFileSync(target, 'utf8')).toBe('first line\nsecond line\n');

    await row('huge.bin').click();
    await view.locator('.preview button', { hasText: 'Download' }).click();
    await acceptWhen(path.join(workspace, 'huge.bin'));
    const left = () => fs.readdirSync(workspace).filter((name) => /\.tmp$|huge/.test(name));
    await until('the beginning of it', () => left().length > 0);
    await until(
      'nothing left',
      async () => {
        await clickProgress(page, 'Cancel');
        return left().length === 0;
      },
      { instead: left, ms: 30_000 },
    );
  });

  test('survive a reload, with what was open and where it stood', async () => {
    let view = await details();
    const scroll = await view.locator('.page').evaluate((it) => {
      it.dispatchEvent(new Event('wheel'));
      it.scrollTop = 500;
      return it.scrollTop;
    });
    await until('the state', () => view.locator('.page').evaluate((it) => it.scrollTop > 400));
    await editor.page.waitForTimeout(300);
    await editor.reload();
    view = await details();
    await until('the name', async () => (await textOf(view, 'h1')) === 'shy wolf');
    await until('the place', () =>
      view.locator('.page').evaluate((it, wanted) => Math.abs(it.scrollTop - wanted) < 3, scroll),
    );
    await until('the open folder', async () => (await view.locator('.name:text-is("roc.png")').count()) === 1);
    await until('the file', async () => (await textOf(view, '.preview h3')) === 'huge.bin');
  });

  test('say that the server is away, keep what they show, and come back by themselves', async () => {
    const { page } = editor;
    const view = await details();
    await runCommand(page, 'MLflow: Stop Tracking Server');
    await until('the line', () => view.locator('.notice:not(.refusal)').isVisible());
    expect(await textOf(view, 'h1')).toBe('shy wolf');
    await until('its end', async () => (await statusBar(page)).some(({ text }) => text.includes('stopped')));
    await runCommand(page, 'MLflow: Start Tracking Server');
    await until('no line', async () => !(await view.locator('.notice:not(.refusal)').isVisible()), { ms: 30_000 });
    await log({ tags: [{ key: 'later', value: 'on' }] });
    await until('a newer tag', async () => (await textOf(view, '[data-key="later"] .value')) === 'on');
  });

  test('lead to child runs and back, to charts, and to the clipboard', async () => {
    const { page } = editor;
    const view = await details();
    await view.locator('.copies button', { hasText: 'Python' }).click();
    await until('the snippet', async () => (await clipboard()).includes(`mlflow.get_run("${runId}")`));
    await view.locator('.copies button', { hasText: 'Markdown' }).click();
    await until('the document', async () => (await clipboard()).includes('| alpha | 0.5 |'));
    await view.locator('.runs button', { hasText: 'calm-hen' }).click();
    const child = await webview(page, /calm-hen/);
    await until('the parent', async () => (await textOf(child, '.runs')).includes('shy wolf'));
    await child.locator('.runs button', { hasText: 'shy wolf' }).click();
    await until('the open tab', async () => (await (await details()).locator('h1').count()) === 1);
    expect((await tabTitles(page)).filter((title) => title === 'shy wolf')).toHaveLength(1);
    await (await details()).locator('header button', { hasText: 'Compare' }).click();
    await pick(page, 'calm-hen');
    await acceptQuickInput(page);
    await until('the comparison', async () => (await tabTitles(page)).includes('Compare 2 runs'));
    await (await details()).locator('[data-key="loss"] .link').click();
    await until('the chart', async () => (await tabTitles(page)).some((title) => title.startsWith('loss · shy wolf')));
  });

  test('offer logged models: their files, their flavors, and to register them', async () => {
    const store = await openStore();
    const { info } = await store.getRun(runId);
    const { experimentId } = info;
    const model = await store.createLoggedModel({ experimentId, name: 'best', sourceRunId: runId });
    fs.mkdirSync(localPath(model.artifactUri), { recursive: true });
    fs.writeFileSync(
      path.join(localPath(model.artifactUri), 'MLmodel'),
      MLMODEL.replace('sklearn:\n    p', 'xgboost:\n    p'),
    );
    await store.logOutputs(runId, [{ modelId: model.modelId, step: 0 }]);
    await store.finalizeLoggedModel(model.modelId, 'LOGGED_MODEL_READY');
    await store.logBatch(runId, { tags: [{ key: 'model', value: 'best' }] });
    await store.close();
    const view = await details();
    const row = view.locator(`[data-model="${model.modelId}"]`);
    await until('the model', async () => (await row.count()) === 1 && (await row.textContent())?.includes('xgboost'));
    await row.locator('button', { hasText: 'Show Files' }).click();
    await until('its files', async () => (await view.locator('.name:text-is("MLmodel")').count()) === 1);
    await row.locator('button', { hasText: 'Register' }).click();
    await acceptWhen('best');
    await until('the version', async () => (await row.textContent())?.includes('registered as best v1'));
  });

  test('delete the run, and bring it back', async () => {
    const { page } = editor;
    let view = await details();
    await view.locator('header button', { hasText: 'Delete' }).click();
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Delete' }).click();
    await until('the badge', async () => (await textOf(view, '.title')).includes('deleted'));
    await view.locator('header button', { hasText: 'Restore' }).click();
    await until('no badge', async () => !(await textOf(view, '.title')).includes('deleted'));
    view = await details();
    await view.locator('header button', { hasText: 'Delete' }).waitFor();
  });

  test('of a run with 12,000 metrics are there at once', async () => {
    const { page } = editor;
    const store = await openStore();
    const experimentId = (await store.getExperimentByName('wine'))?.experimentId ?? '';
    const { info } = await store.createRun({ experimentId, userId: 'ada', runName: 'wide', startTime: Date.now() });
    for (let batch = 0; batch < 12; batch++) {
      const metrics = Array.from({ length: 1_000 }, (_, at) => {
        return { key: `m${String(batch * 1_000 + at).padStart(5, '0')}`, step: 0, timestamp: Date.now(), value: at };
      });
      await store.logBatch(info.runId, { metrics });
    }
    await store.close();
    await openContainer(page, 'MLflow');
    await treeRow(page, 'wide');
    await openContextMenu(page, 'wide');
    const start = Date.now();
    await clickMenuEntry(page, 'Show Run Details');
    const view = await webview(page, /wide/);
    await until('the pager', async () => (await textOf(view, '.pager')).includes('1–25 of 12,000'));
    expect(Date.now() - start).toBeLessThan(8_000);
    await view.locator('input[aria-label="Filter metrics"]').fill('m11999');
    await until('one metric', async () => (await view.locator('.metrics tbody tr').count()) === 1);
  });

  test('are accessible in all themes, and in a narrow panel', async () => {
    const { page } = editor;
    await log({});
    const store = await openStore();
    await store.updateRun(runId, { status: 'FINISHED', endTime: Date.now() });
    await store.close();
    let view = await details();
    await until('the end', async () => (await textOf(view, '.state')).includes('finished'));
    await view.locator('.page').evaluate((it) => {
      it.scrollTop = 0;
    });
    for (const theme of Object.keys(THEMES) as Theme[]) {
      await setTheme(page, theme);
      view = await details();
      await until('the page', async () => (await textOf(view, 'h1')) === 'shy wolf');
      expect(await accessibilityProblems(view)).toEqual([]);
      expect(await themeProblems(view.locator('body'))).toEqual([]);
      await page.mouse.move(900, 885);
      await editor.screenshot(`details-${theme}`);
      await view.locator('.page').evaluate((it) => {
        it.scrollTop = it.scrollHeight;
      });
      await editor.screenshot(`details-end-${theme}`);
      await view.locator('.page').evaluate((it) => {
        it.scrollTop = 0;
      });
    }
    await page.setViewportSize({ width: 700, height: 900 });
    await editor.screenshot('details-narrow');
    const overflow = await view.locator('.page').evaluate((it) => it.scrollWidth - it.clientWidth);
    expect(overflow).toBe(0);
    expect(editor.errors()).toEqual([]);
  });
});

/** Takes what a box suggests, once it does. */
async function acceptWhen(text: string): Promise<void> {
  const field = editor.page.locator('.quick-input-widget:visible input[type="text"]:visible').first();
  await until(`the suggestion ${text}`, async () => (await field.inputValue()) === text);
  await acceptQuickInput(editor.page);
}

async function log(batch: Batch): Promise<void> {
  const store = await openStore();
  await store.logBatch(runId, batch);
  await store.close();
}

function clipboard(): Promise<string> {
  return editor.page.evaluate(() => navigator.clipboard.readText());
}
