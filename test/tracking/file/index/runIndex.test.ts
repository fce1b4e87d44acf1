import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FileTrackingStore, openFileTrackingStore } from '../../../../src/tracking/file/fileTrackingStore.ts';
import { RunIndex } from '../../../../src/tracking/file/index/runIndex.ts';
import { ScanPool } from '../../../../src/tracking/file/index/scanPool.ts';
import { Problems } from '../../../../src/tracking/file/problems.ts';
import { StoreFolder } from '../../../../src/tracking/file/storeFolder.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporaryFolder.ts';
import { until } from '../../../support/until.ts';

/** More than are looked at with each search, and than are read without threads. */
const MANY = 150;

let folder: TemporaryFolder;
let experimentId: string;
let runIds: string[];
const stores: FileTrackingStore[] = [];

const root = () => path.join(folder.path, 'store');
const indexFile = () => path.join(folder.path, 'cache', 'one.index');
const runFile = (runId: string | undefined, ...names: string[]) =>
  path.join(root(), experimentId, runId ?? '', ...names);

async function open(options: { readonly isReadOnly?: boolean } = {}): Promise<FileTrackingStore> {
  const store = await openFileTrackingStore({ root: root(), indexFile: indexFile(), ...options });
  stores.push(store);
  return store;
}

/** Names of the found runs by the param that they were given. */
async function search(store: FileTrackingStore, filter?: string): Promise<string[]> {
  const { items } = await store.searchRuns({ experimentIds: [experimentId], filter, orderBy: ['run_name'] });
  return items.map(({ info }) => info.runName);
}

const names = (count = MANY) => Array.from({ length: count }, (_, at) => `run ${String(at).padStart(3, '0')}`);

/** As a program that wrote some time ago: files that are young are read again anyway. */
function makeOld(file: string): void {
  const stats = fs.statSync(file);
  if (stats.isDirectory()) for (const name of fs.readdirSync(file)) makeOld(path.join(file, name));
  fs.utimesSync(file, new Date('2026-01-01'), new Date('2026-01-01'));
}

beforeEach(async () => {
  folder = temporaryFolder();
  const store = await openFileTrackingStore({ root: root() });
  experimentId = await store.createExperiment({ name: 'many' });
  runIds = [];
  for (const [at, runName] of names().entries()) {
    const { info } = await store.createRun({ experimentId, runName, startTime: at });
    await store.logBatch(info.runId, {
      params: [{ key: 'depth', value: String(at % 10) }],
      metrics: [{ key: 'loss', value: at, timestamp: at, step: 0 }],
    });
    await store.updateRun(info.runId, { status: 'FINISHED', endTime: at });
    runIds.push(info.runId);
  }
  await store.close();
  makeOld(root());
});

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  folder[Symbol.dispose]();
});

test('many runs are read by threads, and found as they are', async () => {
  const store = await open();
  expect(await search(store)).toEqual(names());
  expect(await search(store, "params.depth = '3' and metrics.loss > 100")).toEqual([
    'run 103',
    'run 113',
    'run 123',
    'run 133',
    'run 143',
  ]);
});

test('what this process writes is found at once', async () => {
  const store = await open();
  await search(store);
  await store.logBatch(runIds[7] ?? '', { tags: [{ key: 'best', value: 'yes' }] });
  expect(await search(store, "tags.best = 'yes'")).toEqual(['run 007']);
  const { info } = await store.createRun({ experimentId, runName: 'run 999' });
  expect((await search(store)).at(-1)).toBe('run 999');
  await store.deleteRun(info.runId);
  expect(await search(store)).toEqual(names());
  await store.deleteExperiment(experimentId);
  expect(await search(store)).toEqual([]);
  await store.restoreExperiment(experimentId);
  expect((await search(store)).length).toBe(MANY + 1);
});

test('a run in an experiment that was not looked at yet is known to be written here', () => {
  const problems = new Problems(root());
  const pool = new ScanPool();
  const silent = () => {};
  const parts = { folder: new StoreFolder(root()), problems, pool, onDidChange: silent, onDidChangeMany: silent };
  const index = new RunIndex({ ...parts, file: undefined });
  index.note('1', 'a run');
  expect(index.isWrittenHere({ experimentId: '1', runId: 'a run' })).toBe(true);
  expect(index.isWrittenHere({ experimentId: '1', runId: 'another' })).toBe(false);
  index.close();
  pool.close();
});

test('what other processes write to running and new runs is found within a second', async () => {
  const store = await open();
  const { info } = await store.createRun({ experimentId, runName: 'live' });
  await search(store);
  const announced = new Set<string>();
  store.onDidChange((changes) => {
    for (const change of changes) if (change.kind === 'run') announced.add(change.runId);
  });
  fs.writeFileSync(runFile(info.runId, 'metrics', 'acc'), '1 0.5 0\n');
  fs.cpSync(runFile(runIds[0]), runFile('copied'), { recursive: true });
  const meta = fs.readFileSync(runFile('copied', 'meta.yaml'), 'utf8');
  fs.writeFileSync(runFile('copied', 'meta.yaml'), meta.replaceAll(runIds[0] ?? '', 'copied'));
  fs.rmSync(runFile(runIds[1]), { recursive: true });
  await until(async () => (await search(store, 'metrics.acc = 0.5')).length === 1, 'the metric', 1_500);
  expect((await search(store)).length).toBe(MANY + 1);
  await until(() => announced.size === 3, 'the announcements', 500);
  expect(announced).toEqual(new Set([info.runId, 'copied', runIds[1]]));
});

describe('an index that was kept', () => {
  /** Changes a file so that nothing but its content tells. */
  function changeSecretly(file: string, content: string): void {
    const { atime, mtime } = fs.statSync(file);
    expect(Buffer.byteLength(content)).toBe(fs.statSync(file).size);
    fs.writeFileSync(file, content);
    fs.utimesSync(file, atime, mtime);
  }

  const keep = async () => {
    const store = await open();
    await search(store);
    await store.close();
  };

  test('saves reading the runs again', async () => {
    await keep();
    changeSecretly(runFile(runIds[5], 'params', 'depth'), 'x');
    expect(await search(await open(), "params.depth = 'x'")).toEqual([]);
  });

  test.each(['damaged', 'of another store', 'of another version', 'empty', 'gone'])(
    'that is %s is made anew',
    async (how) => {
      await keep();
      changeSecretly(runFile(runIds[5], 'params', 'depth'), 'x');
      const bytes = fs.readFileSync(indexFile());
      const label = bytes.indexOf('"root"');
      // In the first record: those before a damaged one would be believed.
      const damaged = 8 + bytes.readUInt32LE(0) + 8 + 20;
      if (how === 'damaged') bytes[damaged] = (bytes[damaged] ?? 0) ^ 0xff;
      if (how === 'of another store') bytes[label + 9] = 0x58;
      if (how === 'of another version') bytes[label - 4] = 0x58;
      if (how === 'gone') fs.rmSync(indexFile());
      else fs.writeFileSync(indexFile(), how === 'empty' ? '' : bytes);
      const store = await open();
      expect(await search(store)).toEqual(names());
      expect(await search(store, "params.depth = 'x'")).toEqual(['run 005']);
      await store.close();
      expect(await search(await open(), "params.depth = 'x'")).toEqual(['run 005']);
    },
  );

  test('with a torn end counts up to there', async () => {
    await keep();
    fs.truncateSync(indexFile(), fs.statSync(indexFile()).size - 10);
    expect(await search(await open())).toEqual(names());
  });

  test('is not believed where the disk says otherwise', async () => {
    await keep();
    const meta = runFile(runIds[3], 'meta.yaml');
    fs.writeFileSync(meta, fs.readFileSync(meta, 'utf8').replace('run 003', 'renamed'));
    fs.rmSync(runFile(runIds[4]), { recursive: true });
    const store = await open();
    expect(await search(store)).toEqual(['renamed', ...names().filter((name) => !/00[34]$/.test(name))]);
    await store.close();
    expect((await search(await open())).length).toBe(MANY - 1);
  });

  test('is believed no longer than it takes to look at all files', async () => {
    await keep();
    fs.writeFileSync(runFile(runIds[3], 'tags', 'note'), 'new');
    fs.appendFileSync(runFile(runIds[4], 'metrics', 'loss'), '9 9000 9\n');
    const store = await open();
    const listening = store.onDidChange(() => {});
    const found = async () => [
      ...(await search(store, "tags.note = 'new'")),
      ...(await search(store, 'metrics.loss = 9000')),
    ];
    await until(async () => (await found()).join() === 'run 003,run 004', 'the tag and the metric', 3_000);
    listening.dispose();
  });

  test('is not written by a store that only reads', async () => {
    const store = await open({ isReadOnly: true });
    expect(await search(store)).toEqual(names());
    await store.close();
    expect(fs.existsSync(indexFile())).toBe(false);
  });

  test('tells again what could not be read', async () => {
    fs.writeFileSync(runFile(runIds[9], 'metrics', 'loss'), 'torn\n1 2 3\n');
    fs.writeFileSync(runFile(runIds[10], 'meta.yaml'), 'status: [');
    for (const _ of ['first', 'second']) {
      const store = await open();
      expect((await search(store)).length).toBe(MANY - 1);
      expect((await store.problems()).map((problem) => problem.runId).sort()).toEqual([runIds[9], runIds[10]].sort());
      await store.close();
    }
  });

  test('does not grow with every start', async () => {
    await keep();
    const { size } = fs.statSync(indexFile());
    for (let round = 0; round < 5; round++) {
      for (const runId of runIds) {
        const meta = runFile(runId, 'meta.yaml');
        fs.writeFileSync(meta, fs.readFileSync(meta, 'utf8').replace(/run_name: .*/, `run_name: 'round ${round}'`));
      }
      await keep();
    }
    expect(fs.statSync(indexFile()).size).toBeLessThan(3.5 * size);
    expect(new Set(await search(await open()))).toEqual(new Set(['round 4']));
  });
});
