import type { Bench } from './bench.ts';
import { Connection } from './connection.ts';
import { type IndexedStore, openIndexed } from './indexedStores.ts';
import { searchRuns } from './operations.ts';
import { median, timed } from './samples.ts';
import { startServer } from './serverProcess.ts';

const PAGE = 1_000;
const ORDER = ['metrics.metric0 DESC'];
const ROUNDS = 25;
/** Rounds that do not count. */
const WARM_UP = 8;

/** The best thousand runs by a metric, through the store object and as JSON over HTTP. */
export async function measurePages({ indexed, stores, report }: Bench): Promise<void> {
  const times: Record<string, number> = {};
  for (const size of ['small', 'medium', 'large'] as const) {
    const store = await indexed(size);
    const http = await overHttp(store);
    const ours = await throughStore(store);
    times[size] = median(ours);
    report(`page.${size}`, { ours, floor: http.floor, note: 'store object' });
    report(`page.${size}Http`, { ...http, note: `${Math.round(http.size / 1_000)} kB` });
  }
  const { medium, large } = stores;
  report('page.growth', {
    ours: [(times.large ?? 0) / (times.medium ?? 0)],
    floor: [large.runs / medium.runs],
  });
}

async function throughStore(indexed: IndexedStore): Promise<number[]> {
  const store = await openIndexed(indexed);
  try {
    const search = { experimentIds: indexed.experimentIds, orderBy: ORDER, maxResults: PAGE };
    await store.searchRuns(search);
    return await repeat(() => store.searchRuns(search));
  } finally {
    await store.close();
  }
}

interface OverHttp {
  readonly ours: number[];
  readonly floor: number[];
  /** bytes of a page. */
  readonly size: number;
}

async function overHttp({ experimentIds, place }: IndexedStore): Promise<OverHttp> {
  const server = await startServer(place);
  const connection = await Connection.open(server.url);
  try {
    const { path, body } = searchRuns(experimentIds, { order_by: ORDER, max_results: PAGE });
    const answer = await connection.post(path, body);
    const page: unknown = JSON.parse(answer.toString());
    const floor = await repeat(() => JSON.stringify(page));
    return { ours: await repeat(() => connection.post(path, body)), floor, size: answer.length };
  } finally {
    connection.close();
    await server.end();
  }
}

async function repeat(work: () => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS + WARM_UP; round++) times.push(await timed(work));
  return times.slice(WARM_UP);
}
