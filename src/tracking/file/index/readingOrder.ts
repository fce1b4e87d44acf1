import path from 'node:path';
import { stat } from '../../../files/read.ts';
import { Slices } from '../slices.ts';

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
  #listed = 0;

  constructor(folder: string, names: readonly string[]) {
    this.#folder = folder;
    this.#names = names;
    this.#dates = new Float64Array(Math.min(names.length, NUMBERS));
    this.#isTaken = new Uint8Array(names.length);
  }

  /** Looks how old the folders are. @param time ms after which those are left for the next call that are not dated yet */
  async date(time = Number.POSITIVE_INFINITY): Promise<void> {
    const slices = new Slices();
    for (; this.#dated < this.#dates.length && slices.spent < time; this.#dated++) {
      if (slices.isOver) await slices.giveWay();
      if (this.#isTaken[this.#dated] === 1) continue;
      const modified = stat(`${this.#folder}${path.sep}${this.#names[this.#dated]}`)?.mtimeMs ?? 0;
      this.#dates[this.#dated] = Math.max(0, Math.floor(modified / 1000)) * NUMBERS + this.#dated;
    }
    this.#order = this.#dates.slice(0, this.#dated).sort();
    this.#top = this.#order.length;
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
    while (this.#top > 0) {
      const at = (this.#order[--this.#top] ?? 0) % NUMBERS;
      if (this.#isTaken[at] === 0) return at;
    }
    for (; this.#listed < this.#names.length; this.#listed++)
      if (this.#isTaken[this.#listed] === 0) return this.#listed;
    return undefined;
  }
}
