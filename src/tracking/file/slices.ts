import { setImmediate as nextTurn } from 'node:timers/promises';

/** ms of work before others get their turn. */
const SLICE = 4;
/** ms that others may take before it goes on: nobody who sends requests is to notice the work, and it has to end some day. */
const OTHERS = 4 * SLICE;
/** ms of a turn of the event loop in which nobody else had something to do. */
const QUIET = 0.25;

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

  /** Waits until others have nothing more to do, or have had their share. */
  async giveWay(): Promise<void> {
    const end = performance.now();
    this.#before += end - this.#start;
    for (let turn = end, isQuiet = false; !isQuiet && turn - end < OTHERS; ) {
      await nextTurn();
      const now = performance.now();
      isQuiet = now - turn < QUIET;
      turn = now;
    }
    this.#start = performance.now();
  }
}
