import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { indexed, newCache } from './caches.ts';
import { searchRuns } from './operations.ts';
import { residentMemory } from './processState.ts';
import type { ServerPlace } from './serverProcess.ts';
import { generatedStore } from './stores.ts';
import { startAndAsk } from './timeToAnswer.ts';

/** ms in which the threads of a scan have ended. */
const SETTLE = 6_500;
const ROUNDS = 2;

/** What a server needs more with many runs than with none, after it was asked for a page. */
export async function measureMemory({ folder, stores, report }: Bench): Promise<void> {
  const store = await generatedStore(stores.medium);
  const withIndex = await indexed(store, folder);
  const search = { max_results: 100 };
  const usage = async (place: ServerPlace, experimentIds: readonly string[]) => {
    const [, server] = await startAndAsk(place, searchRuns(experimentIds, search));
    await sleep(SETTLE);
    const memory = residentMemory(server.pid);
    await server.end();
    return memory;
  };
  const each = 10_000 / store.runs;
  const rounds = { index: [] as number[], scan: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    // One after the other does not matter here: memory is not noisy.
    const [empty, index, scan] = await Promise.all([
      usage({ store: path.join(folder, 'empty'), cache: newCache(folder) }, ['0']),
      usage(withIndex, store.experimentIds),
      usage({ ...withIndex, cache: newCache(folder) }, store.experimentIds),
    ]);
    rounds.index.push(each * (index - empty));
    rounds.scan.push(each * (scan - empty));
  }
  report('memory.index', { ours: rounds.index });
  report('memory.scan', { ours: rounds.scan, note: 'when its threads have ended' });
}
