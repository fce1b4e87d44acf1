import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FileTrackingStore, openFileTrackingStore } from '../../../src/tracking/file/fileTrackingStore.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporaryFolder.ts';

/** What root may, it must give up first, in a folder that others can reach. */
const isRoot = process.geteuid?.() === 0;
const NOBODY = 65_534;
const PARENT = isRoot
  ? [os.tmpdir(), '/var/tmp', '/dev/shm'].find((place) => fs.existsSync(place) && (fs.statSync(place).mode & 1) === 1)
  : undefined;

let folder: TemporaryFolder;
let store: FileTrackingStore;
let experimentId: string;

beforeEach(async () => {
  folder = temporaryFolder(PARENT);
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

describe('a broken trace', () => {
  const start = (at: number) =>
    store.startTrace({ traceId: `tr-${at}`, experimentId, requestTime: at, requestPreview: 'x', state: 'OK' });
  const traceFile = (...segments: string[]) => path.join(folder.path, experimentId, 'traces', ...segments);
  const found = async () =>
    (await store.searchTraces({ experimentIds: [experimentId] })).items.map(({ traceId }) => traceId);

  test.each([
    ['empty', ''],
    ['binary', '\u0000\u0001\u0002'],
    ['half', 'trace_id: tr-1\nrequest_ti'],
    ['without a time', 'trace_id: tr-1\nstate: OK\n'],
    ['a list', '- 1\n'],
  ])('hides only itself and is told (%s)', async (_, text) => {
    for (const at of [1, 2]) await start(at);
    fs.writeFileSync(traceFile('tr-1', 'trace_info.yaml'), text);
    expect(await found()).toEqual(['tr-2']);
    expect((await store.problems()).map((problem) => problem.path)).toEqual([
      `${experimentId}/traces/tr-1/trace_info.yaml`,
    ]);
    await expect(store.getTrace('tr-1')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    await start(1);
    expect(await found()).toEqual(['tr-2', 'tr-1']);
    expect(await store.problems()).toEqual([]);
  });

  test('a broken assessment leaves the trace and the others', async () => {
    await start(1);
    const value = { kind: 'feedback', value: 1 } as const;
    const source = { sourceType: 'HUMAN', sourceId: 'me' } as const;
    const broken = await store.createAssessment('tr-1', { name: 'a', source, value });
    const whole = await store.createAssessment('tr-1', { name: 'b', source, value });
    for (const text of ['', 'a: [', 'assessment_name: a\ncreate_time: x\n', 'feedback: {value: 1}\n']) {
      fs.writeFileSync(traceFile('tr-1', 'assessments', `${broken.assessmentId}.yaml`), text);
      expect((await store.getTrace('tr-1')).assessments).toEqual([whole]);
      expect(await store.problems()).toHaveLength(1);
      await expect(store.getAssessment('tr-1', broken.assessmentId)).rejects.toMatchObject({
        code: 'RESOURCE_DOES_NOT_EXIST',
      });
    }
    await store.deleteAssessment('tr-1', broken.assessmentId);
    await store.getTrace('tr-1');
    expect(await store.problems()).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32' || (isRoot && PARENT === undefined))('what we may not look at', () => {
  afterEach(() => {
    if (isRoot) process.seteuid?.(0);
  });

  async function look<T>(read: () => Promise<T>): Promise<T> {
    // The store's own thread alone: others keep their rights.
    if (isRoot) process.seteuid?.(NOBODY);
    try {
      return await read();
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  }

  function forbid(target: string): void {
    if (isRoot) {
      // Whatever new files of root are for others.
      fs.chmodSync(folder.path, 0o755);
      for (const name of fs.readdirSync(folder.path, { recursive: true, encoding: 'utf8' })) {
        fs.chmodSync(path.join(folder.path, name), 0o755);
      }
    }
    fs.chmodSync(target, 0);
  }

  test.each([
    ['a folder of params', 'params', 1],
    ['a param', 'params/alpha', 1],
    ['a run', '', 0],
    ['a meta file', 'meta.yaml', 0],
  ])('hides only itself and is told: %s', async (_, part, shown) => {
    const forbidden = await createRun('b');
    await createRun('a');
    await names();
    forbid(fileOf(forbidden, part));
    expect(await look(names)).toEqual(shown ? ['a', 'b'] : ['a']);
    expect((await store.problems()).map((problem) => problem.runId)).toContain(forbidden);
    fs.chmodSync(fileOf(forbidden, part), 0o755);
    expect(await look(names)).toEqual(['a', 'b']);
    expect(await store.problems()).toEqual([]);
  });

  test('is an experiment: the others are shown, also after a start', async () => {
    await createRun('a');
    const other = await store.createExperiment({ name: 'closed' });
    await store.createRun({ experimentId: other, runName: 'b' });
    const both = { experimentIds: [experimentId, other], orderBy: ['run_name'] };
    const found = async (from: FileTrackingStore) =>
      (await from.searchRuns(both)).items.map(({ info }) => info.runName);
    expect(await found(store)).toEqual(['a', 'b']);
    forbid(path.join(folder.path, other));
    // Who knows it already goes on showing it.
    expect(await look(() => found(store))).toEqual(['a', 'b']);
    expect((await store.problems()).map((problem) => problem.experimentId)).toContain(other);
    const fresh = await look(() => openFileTrackingStore({ root: folder.path, isReadOnly: true }));
    expect(await look(() => found(fresh))).toEqual(['a']);
    const { items } = await look(() => fresh.searchExperiments({}));
    expect(items.map(({ name }) => name).sort()).toEqual(['Default', 'wine']);
    await fresh.close();
    fs.chmodSync(path.join(folder.path, other), 0o755);
    expect(await look(() => found(store))).toEqual(['a', 'b']);
  });
});
