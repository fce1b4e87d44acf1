import type { ViewType } from '../../../entities/lifecycle.ts';
import { isVisible } from '../../../entities/lifecycle.ts';
import type { Run } from '../../../entities/run.ts';
import { compareSortValues, type SortKey, type SortValue } from '../../../search/order.ts';
import { RUN_FIELDS, type RunQuery } from '../../../search/runs.ts';
import { smallest } from '../../../search/smallest.ts';
import { homeOf, isDeleted, type PackedRuns, packedFields, textNumber, unpackRun } from './packedRuns.ts';

/** Packed runs of which some may have been replaced since. */
export interface Segment {
  readonly packed: PackedRuns;
  /** What their folders looked like. */
  readonly looks: Float64Array;
  /** 1 for each run that is still the one to be found. */
  readonly isAlive: Uint8Array;
  /** How many are. */
  alive: number;
}

export interface LooseRun {
  readonly experimentId: string;
  readonly run: Run;
}

/** The runs that are searched. */
export interface Searched {
  readonly segments: Iterable<Segment>;
  readonly loose: Iterable<LooseRun>;
}

export interface RunSelection {
  readonly experimentIds: readonly string[];
  readonly viewType: ViewType;
  readonly query: RunQuery;
  /** Of this run on, so many. */
  readonly offset: number;
  readonly count: number;
}

export interface FoundRuns {
  readonly runs: readonly Run[];
  /** How many there are on all pages. */
  readonly total: number;
}

/** Runs in one form: where some of the found ones are, and how to read them. */
interface Source {
  readonly keys: readonly SortKey<number>[];
  get(at: number): Run;
}

/** Finds runs, packed or not, without making objects of those that are not on the page. */
export function searchRuns({ segments, loose }: Searched, selection: RunSelection): FoundRuns {
  const { query, offset, count } = selection;
  const found = new Found(query.order(RUN_FIELDS).map(({ ascending }) => ascending));
  for (const segment of segments) if (segment.alive > 0) searchSegment(segment, selection, found);
  searchLoose(loose, selection, found);
  const order = smallest(found.total, offset + count, (a, b) => found.compare(a, b)).subarray(offset);
  return { runs: Array.from(order, (at) => found.get(at)), total: found.total };
}

function searchSegment({ packed, isAlive }: Segment, selection: RunSelection, found: Found): void {
  const { experimentIds, viewType, query } = selection;
  const isWanted = new Uint8Array(packed.texts.length);
  const homes = experimentIds.map((experimentId) => textNumber(packed, experimentId)).filter((home) => home >= 0);
  if (homes.length === 0) return;
  for (const home of homes) isWanted[home] = 1;
  const fields = packedFields(packed);
  const matches = query.matcher(fields);
  const keys = query.order(fields).map(({ key }) => key);
  found.begin({ keys, get: (at) => unpackRun(packed, at) });
  for (let at = 0; at < packed.count; at++) {
    if (isAlive[at] === 0 || isWanted[homeOf(packed, at)] === 0) continue;
    if (viewType !== 'ALL' && isDeleted(packed, at) !== (viewType === 'DELETED_ONLY')) continue;
    if (matches(at)) found.add(at);
  }
}

function searchLoose(loose: Iterable<LooseRun>, { experimentIds, viewType, query }: RunSelection, found: Found): void {
  const homes = new Set(experimentIds);
  const matches = query.matcher(RUN_FIELDS);
  const runs: Run[] = [];
  for (const { experimentId, run } of loose) {
    if (homes.has(experimentId) && isVisible(run.info.lifecycleStage, viewType) && matches(run)) runs.push(run);
  }
  const get = (at: number) => runs[at] as Run;
  found.begin({
    keys: query.order(RUN_FIELDS).map(
      ({ key }) =>
        (at) =>
          key(get(at)),
    ),
    get,
  });
  for (let at = 0; at < runs.length; at++) found.add(at);
}

/** The runs that match, as numbers, and their order. */
class Found {
  readonly #ascending: readonly boolean[];
  readonly #sources: Source[] = [];
  readonly #source: number[] = [];
  readonly #at: number[] = [];
  /** What each is ordered by first, read once. */
  readonly #first: SortValue[] = [];

  constructor(ascending: readonly boolean[]) {
    this.#ascending = ascending;
  }

  get total(): number {
    return this.#at.length;
  }

  begin(source: Source): void {
    this.#sources.push(source);
  }

  add(at: number): void {
    this.#source.push(this.#sources.length - 1);
    this.#at.push(at);
    this.#first.push(this.#sources.at(-1)?.keys[0]?.(at));
  }

  compare(a: number, b: number): number {
    const first = compareSortValues(this.#first[a], this.#first[b], this.#ascending[0] ?? true);
    if (first !== 0) return first;
    for (let level = 1; level < this.#ascending.length; level++) {
      const result = compareSortValues(this.#key(a, level), this.#key(b, level), this.#ascending[level] ?? true);
      if (result !== 0) return result;
    }
    return 0;
  }

  get(found: number): Run {
    const source = this.#sources[this.#source[found] ?? 0] as Source;
    return source.get(this.#at[found] ?? 0);
  }

  #key(found: number, level: number): SortValue {
    return this.#sources[this.#source[found] ?? 0]?.keys[level]?.(this.#at[found] ?? 0);
  }
}
