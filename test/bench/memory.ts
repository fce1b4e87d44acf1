import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { newCache } from './indexedStores.ts';
import { searchRuns } from './operations.ts';
import { residentMemory } from './processState.ts';
import type { ServerPlace } from './serverProcess.ts';
import { generatedStore } from './stores.ts';
import { startAndAsk } from './timeToAnswer.ts';

/** ms in which the threads of a scan have ended (5 s), and the server has come to rest and collected its garbage. */
const SETTLE = 20_000;

/** What a server needs more with many runs than with none, after it was asked for a page. */
export async function measureMemory({ folder, stores, report }: Bench): Promise<void> {
  const store = await generatedStore(stores.medium);
  const place = { store: store.root, cache: newCache(folder) };
  const search = { max_results: 100 };
  const usage = async (place: ServerPlace, experimentIds: readonly string[]) => {
    const [, server] = await startAndAsk(place, searchRuns(experimentIds, search));
    await sleep(SETTLE);
    const memory = residentMemory(server.pid);
    await server.end();
    return memory;
  };
  const empty = await usage({ store: path.join(folder, 'empty'), cache: newCache(folder) }, ['0']);
  const grown = async () => (10_000 / store.runs) * ((await usage(place, store.experimentIds)) - empty);
  report('memory.scan', { ours: [await grown()], note: 'when its threads have ended' });
  // The first server has made the index of this one.
  report('memory.index', { ours: [await grown()] });
}
