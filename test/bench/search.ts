import type { Run } from '../../src/entities/run.ts';
import type { FileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import type { Bench } from './bench.ts';
import { type IndexedStore, openIndexed } from './indexedStores.ts';
import { type Comparison, interpret } from './interpretiveFilter.ts';
import { median, timed } from './samples.ts';
import type { StoreShape } from './stores.ts';

const FILTER = "metrics.metric0 > 0.5 AND params.param0 = '3' AND tags.tag0 LIKE '%7%'";
const COMPARISONS: readonly Comparison[] = [
  { entity: 'metric', key: 'metric0', comparator: '>', value: 0.5 },
  { entity: 'param', key: 'param0', comparator: '=', value: '3' },
  { entity: 'tag', key: 'tag0', comparator: 'LIKE', value: /^.*7.*$/s },
];
const ROUNDS = 31;
/** Rounds that do not count. */
const WARM_UP = 10;

/** A search that few runs match, asked of the store object again and again for the first run. */
export async function measureSearch({ indexed, stores, report }: Bench): Promise<void> {
  const times = new Map<StoreShape, number>();
  for (const size of ['small', 'medium', 'large'] as const) {
    const rounds = await measureSize(await indexed(size));
    times.set(stores[size], median(rounds.ours));
    report(`search.${size}`, { ...rounds, note: 'store object, nothing read from disk' });
  }
  const { medium, large } = stores;
  report('search.growth', {
    ours: [(times.get(large) ?? 0) / (times.get(medium) ?? 0)],
    floor: [large.runs / medium.runs],
  });
}

async function measureSize(indexed: IndexedStore): Promise<{ readonly ours: number[]; readonly floor: number[] }> {
  const { experimentIds } = indexed;
  const store = await openIndexed(indexed);
  try {
    const runs = await allRuns(store, experimentIds);
    const expected = interpret(runs, COMPARISONS).length;
    const { length } = (await store.searchRuns({ experimentIds, filter: FILTER, maxResults: 50_000 })).items;
    if (length !== expected) throw new Error(`${length} instead of ${expected} runs were found`);
    const search = () => store.searchRuns({ experimentIds, filter: FILTER, maxResults: 1 });
    const rounds = { ours: [] as number[], floor: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      // The first one of a round may look at the disk, which is another row's matter.
      await search();
      rounds.ours.push(await timed(search));
      rounds.floor.push(await timed(() => interpret(runs, COMPARISONS)));
    }
    return { ours: rounds.ours.slice(WARM_UP), floor: rounds.floor.slice(WARM_UP) };
  } finally {
    await store.close();
  }
}

async function allRuns(store: FileTrackingStore, experimentIds: readonly string[]): Promise<Run[]> {
  const runs: Run[] = [];
  for (let pageToken: string | undefined; ; ) {
    const page = await store.searchRuns({ experimentIds, maxResults: 50_000, pageToken });
    runs.push(...page.items);
    pageToken = page.nextPageToken;
    if (!pageToken) return runs;
  }
}
