import { setImmediate as nextTurn } from 'node:timers/promises';

/** ms of work before others get their turn. */
const SLICE = 4;
/** ms that others may take before it goes on: nobody who sends requests is to notice the work, and it has to end some day. */
const OTHERS = 6 * SLICE;
/** ms of a turn of the event loop in which nobody else had something to do. */
const QUIET = 0.25;

/** ms after such a turn for which those who send requests are taken to be at it still: they wait for an answer between them. */
const BETWEEN = 2;
/** When the last turn was in which others had something to do. */
let lastBusy = Number.NEGATIVE_INFINITY;
/** The last piece of work that gave way: several at once would leave nothing to others between them. */
let last: Promise<boolean> = Promise.resolve(false);

/** Long work on the main thread, cut into slices. */
export class Slices {
  #start = performance.now();
  #before = 0;

  /** ms of work so far, without the turns of others. */
  get spent(): number {
    return this.#before + performance.now() - this.#start;
  }

  /** Whether it is time to give way. */
  get isOver(): boolean {
    return performance.now() - this.#start >= SLICE;
  }

  /**
   * Waits until others have nothing more to do, or have had their share, after each slice of any work of this kind.
   * @returns whether they still have more to do
   */
  async giveWay(): Promise<boolean> {
    this.#before += performance.now() - this.#start;
    last = last.then(othersHadTheirTurn);
    const haveMore = await last;
    this.#start = performance.now();
    return haveMore;
  }
}

async function othersHadTheirTurn(): Promise<boolean> {
  const start = performance.now();
  for (let turn = start; ; ) {
    await nextTurn();
    const now = performance.now();
    if (now - turn >= QUIET) lastBusy = now;
    if (now - lastBusy > BETWEEN) return false;
    if (now - start >= OTHERS) return true;
    turn = now;
  }
}
