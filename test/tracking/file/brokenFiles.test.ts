import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FileTrackingStore, openFileTrackingStore } from '../../../src/tracking/file/fileTrackingStore.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporaryFolder.ts';

let folder: TemporaryFolder;
let store: FileTrackingStore;
let experimentId: string;

beforeEach(async () => {
  folder = temporaryFolder();
  store = await openFileTrackingStore({ root: folder.path });
  experimentId = await store.createExperiment({ name: 'wine' });
});

afterEach(async () => {
  await store.close();
  folder[Symbol.dispose]();
});

async function createRun(runName: string): Promise<string> {
  const { info } = await store.createRun({ experimentId, runName });
  await store.logBatch(info.runId, {
    metrics: [0, 1, 2].map((step) => ({ key: 'rmse', value: 1 / (step + 1), timestamp: step, step })),
    params: [{ key: 'alpha', value: '0.5' }],
  });
  return info.runId;
}

const fileOf = (runId: string, ...segments: string[]) => path.join(folder.path, experimentId, runId, ...segments);
const names = async () =>
  (await store.searchRuns({ experimentIds: [experimentId], orderBy: ['run_name'] })).items.map(
    ({ info }) => info.runName,
  );

describe('a broken meta file', () => {
  test.each([
    ['empty', ''],
    ['binary', '\u0000\u0001\u0002'],
    ['no YAML', 'run_id: [\n'],
    ['of another run', "run_id: 'other'\n"],
    ['without an id', 'status: 1\n'],
  ])('%s hides its run, is told, and nothing else', async (_, text) => {
    await createRun('a');
    const broken = await createRun('b');
    await createRun('c');
    fs.writeFileSync(fileOf(broken, 'meta.yaml'), text);
    expect(await names()).toEqual(['a', 'c']);
    expect(await store.problems()).toMatchObject([
      { path: `${experimentId}/${broken}/meta.yaml`, experimentId, runId: broken },
    ]);
  });

  test('of an experiment hides that experiment only', async () => {
    fs.writeFileSync(path.join(folder.path, experimentId, 'meta.yaml'), 'name: [');
    const { items } = await store.searchExperiments({});
    expect(items.map(({ name }) => name)).toEqual(['Default']);
    expect((await store.problems()).map((problem) => problem.experimentId)).toEqual([experimentId]);
  });

  test('that is mended is no problem any more', async () => {
    const runId = await createRun('a');
    const good = fs.readFileSync(fileOf(runId, 'meta.yaml'));
    fs.writeFileSync(fileOf(runId, 'meta.yaml'), 'x');
    expect(await names()).toEqual([]);
    fs.writeFileSync(fileOf(runId, 'meta.yaml'), good);
    expect(await names()).toEqual(['a']);
    expect(await store.problems()).toEqual([]);
  });
});

describe('a broken metric', () => {
  test('line hides only itself', async () => {
    const runId = await createRun('a');
    fs.appendFileSync(fileOf(runId, 'metrics', 'rmse'), 'torn li\n3 0.1 9\n');
    const run = await store.getRun(runId);
    expect(run.data.metrics.get('rmse')).toMatchObject({ value: 0.1, step: 9 });
    expect((await store.getMetricHistory(runId, 'rmse')).items).toHaveLength(4);
    expect((await store.problems())[0]).toMatchObject({ path: `${experimentId}/${runId}/metrics/rmse`, runId });
  });

  test('file without a point hides that metric only', async () => {
    const runId = await createRun('a');
    fs.writeFileSync(fileOf(runId, 'metrics', 'empty'), '');
    expect([...(await store.getRun(runId)).data.metrics.keys()]).toEqual(['rmse']);
  });
});

test('folders that are no runs are passed over', async () => {
  await createRun('a');
  fs.mkdirSync(path.join(folder.path, experimentId, 'notes'));
  fs.mkdirSync(path.join(folder.path, experimentId, '.cache'));
  expect(await names()).toEqual(['a']);
  expect(await store.problems()).toEqual([]);
});
