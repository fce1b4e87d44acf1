import { setImmediate as nextTurn } from 'node:timers/promises';

/** ms of work before other requests get their turn. */
const SLICE = 4;

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

  async giveWay(): Promise<void> {
    this.#before += performance.now() - this.#start;
    await nextTurn();
    this.#start = performance.now();
  }
}
