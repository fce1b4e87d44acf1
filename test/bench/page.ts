import type { Bench } from './bench.ts';
import { Connection } from './connection.ts';
import { type IndexedStore, openIndexed } from './indexedStores.ts';
import { searchRuns } from './operations.ts';
import { median, timed } from './samples.ts';
import { startServer } from './serverProcess.ts';
import type { StoreShape } from './stores.ts';

const PAGE = 1_000;
const ORDER = ['metrics.metric0 DESC'];
const ROUNDS = 25;
/** Rounds that do not count. */
const WARM_UP = 8;

/** The best thousand runs by a metric, through the store object and as JSON over HTTP. */
export async function measurePages({ indexed, stores, report }: Bench): Promise<void> {
  const times = new Map<StoreShape, number>();
  for (const size of ['small', 'medium', 'large'] as const) {
    const { object, http, floor, bytes } = await measureSize(await indexed(size));
    times.set(stores[size], median(object));
    report(`page.${size}`, { ours: object, floor, note: 'store object' });
    report(`page.${size}Http`, { ours: http, floor, note: `${Math.round(bytes / 1_000)} kB` });
  }
  const { medium, large } = stores;
  report('page.growth', {
    ours: [(times.get(large) ?? 0) / (times.get(medium) ?? 0)],
    floor: [large.runs / medium.runs],
  });
}

interface PageTimes {
  readonly object: number[];
  readonly http: number[];
  readonly floor: number[];
  /** Size of the page as JSON. */
  readonly bytes: number;
}

async function measureSize(indexed: IndexedStore): Promise<PageTimes> {
  const { experimentIds } = indexed;
  const server = await startServer(indexed.place);
  const store = await openIndexed(indexed);
  const connection = await Connection.open(server.url);
  try {
    const { path, body } = searchRuns(experimentIds, { order_by: ORDER, max_results: PAGE });
    const answer = await connection.post(path, body);
    const page: unknown = JSON.parse(answer.toString());
    const times: PageTimes = { object: [], http: [], floor: [], bytes: answer.length };
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      const floor = await timed(() => JSON.stringify(page));
      const object = await timed(() => store.searchRuns({ experimentIds, orderBy: ORDER, maxResults: PAGE }));
      const http = await timed(() => connection.post(path, body));
      if (round < 0) continue;
      times.floor.push(floor);
      times.object.push(object);
      times.http.push(http);
    }
    return times;
  } finally {
    connection.close();
    await store.close();
    await server.end();
  }
}
