import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Bench } from './bench.ts';
import { scanCalls } from './floorPrograms.ts';
import { newCache } from './indexedStores.ts';
import { searchKnownRuns, searchRuns } from './operations.ts';
import { timed } from './samples.ts';
import { generatedStore } from './stores.ts';
import { timeToAnswer } from './timeToAnswer.ts';

const ROUNDS = 5;
/** What the floor reads with; the server has as many threads for a scan on a machine with two cores. */
const THREADS = 2;
const SOURCE = path.join(import.meta.dirname, 'floors/scan.c');

/**
 * A server without an index is asked for its runs, and the next one, which has the index that the first one made, for a page
 * of them: what that takes longer than with an empty store is the scan, and the start. All files are in the page cache.
 */
export async function measureScan({ folder, stores, report }: Bench): Promise<void> {
  const store = await generatedStore(stores.medium);
  const floor = compileFloor(folder);
  const all = searchRuns(store.experimentIds, { max_results: 1 });
  const tree = searchKnownRuns(store.experimentIds.slice(0, 1));
  const cold = (root: string) => ({ store: root, cache: newCache(folder) });
  const rounds = {
    all: [] as number[],
    first: [] as number[],
    indexed: [] as number[],
    floor: [] as number[],
    calls: [] as number[],
  };
  floor?.(store.root);
  for (let round = 0; round < ROUNDS; round++) {
    rounds.calls.push(scanCalls(store.root, THREADS));
    if (floor) rounds.floor.push(await timed(() => floor(store.root)));
    const empty = await timeToAnswer(cold(path.join(folder, 'empty')), searchRuns(['0'], { max_results: 1 }));
    rounds.first.push((await timeToAnswer(cold(store.root), tree)) - empty);
    const place = cold(store.root);
    rounds.all.push((await timeToAnswer(place, all)) - empty);
    rounds.indexed.push((await timeToAnswer(place, tree)) - empty);
  }
  const note = 'server process, beyond its start with an empty store';
  report('scan.all', { ours: rounds.all, floor: rounds.floor, note: floor ? note : `${note}; no C compiler` });
  report('scan.calls', {
    ours: rounds.calls,
    floor: rounds.floor,
    note: 'listing, opening, looking, reading, closing',
  });
  report('scan.beyond', { ours: rounds.all, floor: rounds.calls });
  report('scan.first', { ours: rounds.first, note: 'the first page of the tree' });
  report('scan.indexed', { ours: rounds.indexed, floor: rounds.all, note: 'the first page of the tree' });
}

/** @returns what reads a store with the program in C; nothing where there is no compiler. */
function compileFloor(folder: string): ((root: string) => void) | undefined {
  const program = path.join(folder, 'scan');
  try {
    execFileSync('cc', ['-O2', '-pthread', '-o', program, SOURCE], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return (root) => execFileSync(program, [root, String(THREADS)]);
}
