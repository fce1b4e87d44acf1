import type { Run } from '../../../entities/run.ts';
import { compareSortValues, type Ordering, type SortKey, type SortValue } from '../../../search/order.ts';

/** Where runs come from. */
export interface RunSource {
  /** What they are ordered by. */
  readonly keys: readonly SortKey<number>[];
  get(at: number): Run;
}

/** The runs that match a search, by numbers from 0 on, and their order. Of each only where it is and its first key are kept. */
export class MatchedRuns {
  readonly #ascending: readonly boolean[];
  readonly #sources: RunSource[] = [];
  readonly #first: FirstKeys;
  readonly #source: Uint16Array;
  readonly #at: Uint32Array;
  #total = 0;

  /** @param room for so many runs. */
  constructor(order: readonly Pick<Ordering<Run>, 'ascending' | 'isNumber'>[], room: number) {
    this.#ascending = order.map(({ ascending }) => ascending);
    const [{ ascending, isNumber } = { ascending: true, isNumber: false }] = order;
    this.#first = isNumber ? new NumberKeys(ascending, room) : new AnyKeys(ascending);
    this.#source = new Uint16Array(room);
    this.#at = new Uint32Array(room);
  }

  get total(): number {
    return this.#total;
  }

  /** The runs that are added from here on are those of this source. */
  begin(source: RunSource): void {
    this.#sources.push(source);
    this.#first.begin(source.keys[0] ?? (() => undefined));
  }

  add(at: number): void {
    this.#source[this.#total] = this.#sources.length - 1;
    this.#at[this.#total] = at;
    this.#first.add(this.#total, at);
    this.#total += 1;
  }

  compare(a: number, b: number): number {
    const first = this.#first.compare(a, b);
    if (first !== 0) return first;
    for (let level = 1; level < this.#ascending.length; level++) {
      const result = compareSortValues(this.#key(a, level), this.#key(b, level), this.#ascending[level] ?? true);
      if (result !== 0) return result;
    }
    return 0;
  }

  get(matched: number): Run {
    const source = this.#sources[this.#source[matched] ?? 0] as RunSource;
    return source.get(this.#at[matched] ?? 0);
  }

  #key(matched: number, level: number): SortValue {
    return this.#sources[this.#source[matched] ?? 0]?.keys[level]?.(this.#at[matched] ?? 0);
  }
}

/** What all runs are ordered by first, read once. */
interface FirstKeys {
  begin(key: SortKey<number>): void;
  add(matched: number, at: number): void;
  compare(a: number, b: number): number;
}

class AnyKeys implements FirstKeys {
  readonly #ascending: boolean;
  readonly #keys: SortValue[] = [];
  #key: SortKey<number> = () => undefined;

  constructor(ascending: boolean) {
    this.#ascending = ascending;
  }

  begin(key: SortKey<number>): void {
    this.#key = key;
  }

  add(matched: number, at: number): void {
    this.#keys[matched] = this.#key(at);
  }

  compare(a: number, b: number): number {
    return compareSortValues(this.#keys[a], this.#keys[b], this.#ascending);
  }
}

const [NUMBER, NAN, MISSING] = [0, 1, 2];

/** Numbers in the order of `compareSortValues`, without an object for each. */
class NumberKeys implements FirstKeys {
  readonly #sign: number;
  #key: SortKey<number> = () => undefined;
  /** NaN comes after all numbers in both directions, what is missing comes last. */
  readonly #rank: Uint8Array;
  readonly #value: Float64Array;

  constructor(ascending: boolean, room: number) {
    this.#sign = ascending ? 1 : -1;
    this.#rank = new Uint8Array(room);
    this.#value = new Float64Array(room);
  }

  begin(key: SortKey<number>): void {
    this.#key = key;
  }

  add(matched: number, at: number): void {
    const value = this.#key(at) as number | undefined;
    const isNumber = value !== undefined && !Number.isNaN(value);
    this.#rank[matched] = isNumber ? NUMBER : value === undefined ? MISSING : NAN;
    this.#value[matched] = isNumber ? this.#sign * value : 0;
  }

  compare(a: number, b: number): number {
    const rank = (this.#rank[a] ?? 0) - (this.#rank[b] ?? 0);
    if (rank !== 0) return rank;
    const x = this.#value[a] ?? 0;
    const y = this.#value[b] ?? 0;
    return x < y ? -1 : x > y ? 1 : 0;
  }
}
