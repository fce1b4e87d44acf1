import type { Run } from '../../../entities/run.ts';
import type { IndexRecord } from './indexFile.ts';
import { homeOf, isDeleted, type PackedRuns, unpackRun } from './packedRuns.ts';

/** Where a run is in its life, a bit each; a run that was replaced since is none that could be found. */
export const STAGE = { gone: 0, active: 1, deleted: 2 } as const;

/** Packed runs of which some may have been replaced since. */
export interface Segment {
  readonly packed: PackedRuns;
  /** What their folders looked like. */
  readonly looks: Float64Array;
  /** `STAGE` of each run: all that most searches need to know of the runs that they do not want. */
  readonly stages: Uint8Array;
  /** How many are not gone. */
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
  const stages = Uint8Array.from({ length: packed.count }, (_, at) => {
    return isDeleted(packed, at) ? STAGE.deleted : STAGE.active;
  });
  return { packed, looks, stages, alive: packed.count, homes };
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
