import { performance } from 'node:perf_hooks';

/** Use of the event loop from which on requests wait for each other, and over how long it is seen (ms). */
const [BUSY, WINDOW] = [0.7, 200];
/** Requests in that time of which somebody would notice that they wait; without them this thread has its own work to do. */
const MANY = 20;
/** How long a thread rests then: times of what it has worked, and ms at most. */
const [TIMES, MOST] = [12, 1_000];

/**
 * Tells how long threads rest while this thread has its hands full: even of a lower priority they take from it what they
 * share, caches, disk and the time until they are interrupted. What logs now and then does not slow them down.
 */
export class Courtesy {
  #from = performance.now();
  #before = performance.eventLoopUtilization();
  #requests = 0;
  #isBusy = false;

  /** A request is answered. */
  note(): void {
    this.#requests += 1;
  }

  /** @param took what a thread has worked (ms) @returns ms until it should have something to do again */
  pause(took: number): number {
    return this.isBusy ? Math.min(MOST, TIMES * took) : 0;
  }

  /** Whether requests have kept this thread busy lately. */
  get isBusy(): boolean {
    this.#look();
    return this.#isBusy;
  }

  #look(): void {
    if (performance.now() - this.#from < WINDOW) return;
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, this.#before);
    this.#isBusy = utilization > BUSY && this.#requests >= MANY;
    [this.#from, this.#before, this.#requests] = [performance.now(), now, 0];
  }
}
