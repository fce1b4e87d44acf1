import { Slices } from '../slices.ts';
import { type Dating, dateOf } from './dating.ts';

/** More runs than this of one experiment are read as they were listed. A time (s) and a number below this fit a double. */
const NUMBERS = 2 ** 21;

/**
 * Run folders in the order in which they are to be read: the newest first, as far as it is known how old they are. A run's
 * folder is as old as its run, because only what is made or removed in it makes it look younger.
 */
export class ReadingOrder {
  readonly #folder: string;
  readonly #names: readonly string[];
  /** Of the folders that were dated: their times (s), and their numbers in the digits below. */
  readonly #dates: Float64Array;
  readonly #isTaken: Uint8Array;
  #dated = 0;
  /** Dates, oldest first; those from `#top` on were taken. */
  #order = new Float64Array(0);
  #top = 0;
  #isSorted = true;
  #listed = 0;

  constructor(folder: string, names: readonly string[]) {
    this.#folder = folder;
    this.#names = names;
    this.#dates = new Float64Array(Math.min(names.length, NUMBERS));
    this.#isTaken = new Uint8Array(names.length);
  }

  /** Looks how old folders are, in the order in which they were listed, for about this long (ms of work). */
  async date(time = Number.POSITIVE_INFINITY): Promise<void> {
    const slices = new Slices();
    const { folder, names } = this.undated();
    const dates: number[] = [];
    for (const name of names) {
      if (slices.isOver) await slices.giveWay();
      if (slices.spent >= time) break;
      dates.push(dateOf(folder, name));
    }
    this.enter(dates);
  }

  /** The folders whose age is not known yet, in the order in which `enter` takes them. */
  undated(): Dating {
    return { folder: this.#folder, names: this.#names.slice(this.#dated, this.#dates.length) };
  }

  /** @param dates of the next folders (s since the epoch) */
  enter(dates: ArrayLike<number>): void {
    for (let at = 0; at < dates.length; at++, this.#dated++) {
      this.#dates[this.#dated] = (dates[at] ?? 0) * NUMBERS + this.#dated;
    }
    this.#isSorted = false;
  }

  /** The next folders; none when all were taken. */
  take(count: number): string[] {
    const taken: string[] = [];
    for (let at = this.#next(); at !== undefined; at = taken.length < count ? this.#next() : undefined) {
      this.#isTaken[at] = 1;
      taken.push(this.#names[at] ?? '');
    }
    return taken;
  }

  #next(): number | undefined {
    if (!this.#isSorted) {
      this.#order = this.#dates.slice(0, this.#dated).sort();
      this.#top = this.#order.length;
      this.#isSorted = true;
    }
    while (this.#top > 0) {
      const at = (this.#order[--this.#top] ?? 0) % NUMBERS;
      if (this.#isTaken[at] === 0) return at;
    }
    for (; this.#listed < this.#names.length; this.#listed++)
      if (this.#isTaken[this.#listed] === 0) return this.#listed;
    return undefined;
  }
}
