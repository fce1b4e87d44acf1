import { performance } from 'node:perf_hooks';

/** Of the time in which nothing is done, the part that may be taken. */
const SHARE = 0.25;

/** Tells how long this thread's event loop has had nothing to do: work that nobody waits for must not take it from others. */
export class SpareTime {
  #before = performance.eventLoopUtilization();

  /** ms of work that may be done now, for what was idle since the last time. */
  take(): number {
    const now = performance.eventLoopUtilization();
    const { idle } = performance.eventLoopUtilization(now, this.#before);
    this.#before = now;
    return SHARE * idle;
  }
}
