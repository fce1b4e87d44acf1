import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Exit } from '../../src/runner/process.ts';
import { runSweep, type SweepOptions, type SweptRun } from '../../src/runner/sweep.ts';
import { combine } from '../../src/runner/sweepValues.ts';
import { type FileTrackingStore, openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';

let folder: TemporaryFolder;
let store: FileTrackingStore;

beforeEach(async () => {
  folder = temporaryFolder();
  store = await openFileTrackingStore({ root: folder.join('store') });
});

afterEach(async () => {
  await store.close();
  folder[Symbol.dispose]();
});

function sweep(start: SweepOptions['start'], more: Partial<SweepOptions> = {}) {
  return runSweep({
    uri: folder.path,
    entryPoint: 'main',
    texts: new Map([['x', '1..4']]),
    combinations: combine(new Map([['x', ['1', '2', '3', '4']]])),
    jobs: 2,
    tracking: store,
    experimentId: '0',
    start,
    say: () => undefined,
    signal: new AbortController().signal,
    ...more,
  });
}

/** What a program that runs an entry point does to the store. */
async function child({ parentRunId, signal }: SweptRun, isEnded = true): Promise<Exit> {
  const tags = new Map([['mlflow.parentRunId', parentRunId]]);
  const { info } = await store.createRun({ experimentId: '0', tags, startTime: Date.now() });
  if (isEnded) await store.updateRun(info.runId, { status: 'FINISHED', endTime: Date.now() });
  else await new Promise((resolve) => signal.addEventListener('abort', resolve));
  return { code: isEnded ? 0 : 130, stopped: !isEnded };
}

async function statuses() {
  const { items } = await store.searchRuns({ experimentIds: ['0'] });
  return items.map(({ info }) => info.status).sort();
}

test('each combination is run once, in its order', async () => {
  const seen: (string | undefined)[] = [];
  const result = await sweep((run) => {
    seen.push(run.parameters.get('x'));
    return child(run);
  });
  expect(seen).toEqual(['1', '2', '3', '4']);
  expect(result).toMatchObject({ status: 'FINISHED', finished: 4, failed: 0 });
});

test('a program that cannot be started ends the sweep, and those that run', async () => {
  const failing = sweep(async (run) => {
    if (run.at === 1) throw new Error('no program');
    return child(run, false);
  });
  await expect(failing).rejects.toThrow('no program');
  expect(await statuses()).toEqual(['FAILED', 'FAILED']);
});

test('a first program that cannot be started leaves nothing behind', async () => {
  await expect(sweep(() => Promise.reject(new Error('no program')))).rejects.toThrow('no program');
  expect(await statuses()).toEqual([]);
});

test('a sweep that is stopped begins no more runs', async () => {
  const abort = new AbortController();
  const started: number[] = [];
  const running = sweep(
    (run) => {
      started.push(run.at);
      if (started.length === 2) setTimeout(() => abort.abort(), 50);
      return child(run, false);
    },
    { signal: abort.signal },
  );
  expect(await running).toMatchObject({ status: 'KILLED' });
  expect(started).toEqual([0, 1]);
  expect(await statuses()).toEqual(['KILLED', 'KILLED', 'KILLED']);
});
