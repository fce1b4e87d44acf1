import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FileTrackingStore, openFileTrackingStore } from '../../../../src/tracking/file/fileTrackingStore.ts';
import { writePlainRun, writePlainRuns } from '../../../support/plainRuns.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporaryFolder.ts';

/** As many as are listed by threads, since others are being listed already; each with more runs than are read on the spot. */
const EXPERIMENTS = Array.from({ length: 8 }, (_, at) => String(at + 1));
const RUNS = 60;

let folder: TemporaryFolder;
const indexFile = () => folder.join('cache/one.index');

beforeAll(() => {
  folder = temporaryFolder();
  for (const id of EXPERIMENTS) writePlainRuns(folder.join('store'), id, `experiment ${id}`, RUNS);
}, 60_000);
afterAll(() => folder[Symbol.dispose]());

async function withStore(work: (store: FileTrackingStore) => Promise<void>): Promise<void> {
  const store = await openFileTrackingStore({ root: folder.join('store'), indexFile: indexFile() });
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

const all = { experimentIds: EXPERIMENTS, maxResults: 50_000 } as const;

test('of many experiments at once all runs are found, those that are made meanwhile too', () =>
  withStore(async (store) => {
    // Threads that run list the others.
    await store.searchRuns({ experimentIds: ['1'] });
    const searching = store.searchRuns(all);
    const { info } = await store.createRun({ experimentId: '8', runName: 'meanwhile', startTime: Date.now() });
    const written = writePlainRun(folder.join('store/8'), { name: 'of another program', startTime: 1_760_000_000_000 });
    expect((await searching).items.length).toBeGreaterThanOrEqual(EXPERIMENTS.length * RUNS);
    const { items } = await store.searchRuns(all);
    const ids = items.map(({ info: { runId } }) => runId);
    expect(ids).toEqual(expect.arrayContaining([info.runId]));
    expect(new Set(ids).size).toBe(ids.length);
    await expect
      .poll(async () => (await store.searchRuns(all)).items.some(({ info: { runId } }) => runId === written))
      .toBe(true);
  }));

test('with an index, runs that were removed since are not found', () =>
  withStore(async (store) => {
    const before = await store.searchRuns(all);
    await store.close();
    const gone = EXPERIMENTS.flatMap((id) => before.items.filter(({ info }) => info.experimentId === id).slice(0, 2));
    for (const { info } of gone)
      fs.rmSync(path.join(folder.path, 'store', info.experimentId, info.runId), { recursive: true });
    for (let at = 0; at < RUNS; at++)
      writePlainRun(folder.join('store/1'), { name: `new ${at}`, startTime: 1_760_000_000_000 });
    await withStore(async (next) => {
      await next.searchRuns({ experimentIds: ['1'] });
      const { items } = await next.searchRuns(all);
      expect(items).toHaveLength(before.items.length - gone.length + RUNS);
      const ids = new Set(items.map(({ info }) => info.runId));
      expect(gone.filter(({ info }) => ids.has(info.runId))).toEqual([]);
    });
  }));
