import type { Run } from '../../../entities/run.ts';
import type { IndexRecord } from './indexFile.ts';
import { homeOf, type PackedRuns, unpackRun } from './packedRuns.ts';

/** Packed runs of which some may have been replaced since. */
export interface Segment {
  readonly packed: PackedRuns;
  /** What their folders looked like. */
  readonly looks: Float64Array;
  /** 1 for each run that is still the one to be found. */
  readonly isAlive: Uint8Array;
  /** How many are. */
  alive: number;
  /** The experiments in whose folders they lie, by the number that `homeOf` gives. */
  readonly homes: ReadonlyMap<number, string>;
}

export function newSegment({ packed, looks }: IndexRecord): Segment {
  const homes = new Map<number, string>();
  for (let at = 0; at < packed.count; at++) {
    const home = homeOf(packed, at);
    if (!homes.has(home)) homes.set(home, packed.texts[home] ?? '');
  }
  return { packed, looks, isAlive: new Uint8Array(packed.count).fill(1), alive: packed.count, homes };
}

/** Runs that are kept as entities. */
const RUNS = 2_000;

/**
 * Makes entities of packed runs, and keeps the last ones: the same pages are asked for again and again, and whoever makes
 * something of an entity can keep that as long as the entity is the same.
 */
export class UnpackedRuns {
  readonly #known = new Map<Segment, Map<number, Run>>();
  readonly #ring: { readonly segment: Segment; readonly at: number }[] = [];
  #oldest = 0;

  get(segment: Segment, at: number): Run {
    let runs = this.#known.get(segment);
    if (!runs) {
      runs = new Map();
      this.#known.set(segment, runs);
    }
    let run = runs.get(at);
    if (!run) {
      run = unpackRun(segment.packed, at);
      runs.set(at, run);
      this.#remember(segment, at);
    }
    return run;
  }

  #remember(segment: Segment, at: number): void {
    const oldest = this.#ring[this.#oldest];
    if (oldest) {
      const runs = this.#known.get(oldest.segment);
      runs?.delete(oldest.at);
      if (runs?.size === 0) this.#known.delete(oldest.segment);
    }
    this.#ring[this.#oldest] = { segment, at };
    this.#oldest = (this.#oldest + 1) % RUNS;
  }
}
