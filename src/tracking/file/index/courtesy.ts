import { performance } from 'node:perf_hooks';

/** Use of the event loop from which on requests wait for each other, and over how long it is seen (ms). */
const [BUSY, WINDOW] = [0.7, 200];
/** How long a thread rests then: times of what it has worked, and ms at most. */
const [TIMES, MOST] = [6, 1_000];

/**
 * Tells how long threads rest while this thread has its hands full: even of a lower priority they take from it what they
 * share, caches, disk and the time until they are interrupted. What logs now and then does not slow them down.
 */
export class Courtesy {
  #from = performance.now();
  #before = performance.eventLoopUtilization();
  #wasBusy = false;
  #isBusy = false;

  /** @param took what a thread has worked (ms) @returns ms until it should have something to do again */
  pause(took: number): number {
    return this.isBusy ? Math.min(MOST, TIMES * took) : 0;
  }

  /** Whether this thread has had its hands full for some time: to start, or to take in what threads have read, is done sooner. */
  get isBusy(): boolean {
    this.#look();
    return this.#isBusy && this.#wasBusy;
  }

  #look(): void {
    if (performance.now() - this.#from < WINDOW) return;
    const now = performance.eventLoopUtilization();
    this.#wasBusy = this.#isBusy;
    this.#isBusy = performance.eventLoopUtilization(now, this.#before).utilization > BUSY;
    [this.#from, this.#before] = [performance.now(), now];
  }
}
