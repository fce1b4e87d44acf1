import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Change } from '../../../../src/entities/change.ts';
import { type FileTrackingStore, openFileTrackingStore } from '../../../../src/tracking/file/fileTrackingStore.ts';
import type { KnownRuns } from '../../../../src/tracking/store.ts';
import { writePlainRun, writePlainRuns } from '../../../support/plainRuns.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporaryFolder.ts';
import { until } from '../../../support/until.ts';

const RUNS = 800;
const NEWEST_FIRST = { experimentIds: ['1'], maxResults: 50, orderBy: ['attributes.start_time DESC'] } as const;

let folder: TemporaryFolder;
let store: FileTrackingStore;
const heard: Change[] = [];

beforeAll(() => {
  folder = temporaryFolder();
  writePlainRuns(folder.join('store'), '1', 'wine', RUNS);
}, 60_000);
afterAll(() => folder[Symbol.dispose]());
beforeEach(async () => {
  store = await openFileTrackingStore({ root: folder.join('store') });
  heard.length = 0;
});
afterEach(() => store.close());

const isAll = ({ reading }: KnownRuns) => reading === undefined;

test('the first runs are there long before the last, the newest first, and the rest is told of', async () => {
  store.onDidChange((changes) => heard.push(...changes));
  const answers: KnownRuns[] = [await store.searchKnownRuns(NEWEST_FIRST)];
  const told = () => heard.filter(({ kind }) => kind === 'runs').length;
  while (!isAll(answers.at(-1) as KnownRuns)) {
    const before = told();
    await until(() => told() > before, 'word of more runs');
    answers.push(await store.searchKnownRuns(NEWEST_FIRST));
  }
  const partial = answers.filter((answer) => !isAll(answer) && answer.items.length > 0);
  expect(partial.length).toBeGreaterThan(2);
  expect(partial[0]?.items.length).toBeLessThanOrEqual(50);
  // Of all runs, the very newest ones: those that are on top at the end, too.
  expect(partial.at(-1)?.items[0]?.info.runName).toBe(`run ${RUNS}`);
  const counts = answers.flatMap(({ reading }) => (reading ? [reading] : []));
  expect(counts.every(({ total }) => total === RUNS)).toBe(true);
  expect(counts.map(({ done }) => done)).toEqual(counts.map(({ done }) => done).toSorted((a, b) => a - b));
  expect(answers.at(-1)).toMatchObject({ total: RUNS, reading: undefined });
  expect(heard.filter(({ kind }) => kind === 'run')).toEqual([]);
});

test('a plain search waits for all of them, also while others are answered with what is known', async () => {
  const [known, all] = await Promise.all([
    store.searchKnownRuns({ ...NEWEST_FIRST, maxResults: 50_000 }),
    store.searchRuns({ ...NEWEST_FIRST, maxResults: 50_000 }),
  ]);
  expect(known.items.length).toBeLessThan(RUNS);
  expect(all.items).toHaveLength(RUNS);
});

test('once they are known, what others make is found as by a plain search', async () => {
  await store.searchRuns(NEWEST_FIRST);
  expect(await store.searchKnownRuns(NEWEST_FIRST)).toMatchObject({ total: RUNS, reading: undefined });
  const runId = writePlainRun(folder.join('store', '1'), { name: 'other', startTime: Date.now() });
  await until(
    async () => (await store.searchKnownRuns(NEWEST_FIRST)).items[0]?.info.runId === runId,
    'the run of another program',
    4_000,
  );
});

test('many runs at once are told by their experiment', async () => {
  store.onDidChange((changes) => heard.push(...changes));
  await store.searchRuns(NEWEST_FIRST);
  await sleep(100);
  heard.length = 0;
  writePlainRuns(folder.join('store'), '1', 'wine', 100);
  await until(
    async () => (await store.searchKnownRuns(NEWEST_FIRST)).total === RUNS + 1 + 100,
    'the runs of another program',
    8_000,
  );
  await until(() => heard.some(({ kind }) => kind === 'runs'), 'word of them', 1_000);
});
