import path from 'node:path';
import type { Bench } from './bench.ts';
import { indexed, newCache } from './caches.ts';
import { searchRuns } from './operations.ts';
import { generatedStore } from './stores.ts';
import { timeToAnswer } from './timeToAnswer.ts';

const ROUNDS = 7;

/** A server with an index is asked for the first page of all its runs, beside one that has to read them. */
export async function measureIndex({ folder, stores, report }: Bench): Promise<void> {
  const store = await generatedStore(stores.medium);
  const place = await indexed(store, folder);
  const page = searchRuns(store.experimentIds, { max_results: 100, order_by: ['metrics.metric0 DESC'] });
  const rounds = { ours: [] as number[], floor: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    const nothing = { store: path.join(folder, 'empty'), cache: newCache(folder) };
    const empty = await timeToAnswer(nothing, searchRuns(['0'], { max_results: 1 }));
    rounds.ours.push((await timeToAnswer(place, page)) - empty);
    rounds.floor.push((await timeToAnswer({ ...place, cache: newCache(folder) }, page)) - empty);
  }
  report('index.start', { ...rounds, note: 'server processes, beyond the start with an empty store' });
}
