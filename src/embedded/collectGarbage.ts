import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * ms between two looks, and looks in a row at which there was little to do: code runs more slowly for a while after all that
 * it knows of its objects was collected, which a training that logs every few seconds should not meet each time.
 */
const [INTERVAL, LOOKS] = [2_000, 4];
/**
 * Use of a processor up to which a pause of some ms disturbs nobody. That of the event loop would be higher where other
 * programs leave little time to it, which is no reason to keep garbage.
 */
const QUIET = 0.3;
/** ms of processor time after which there is garbage that is worth it. */
const WORTH = 100;

/**
 * Collects all garbage whenever the process has come to rest after work: V8 waits until somebody asks for memory, which in a
 * server that runs for days beside a training can take hours, and keeps twice of what it needs.
 * @returns ends it
 */
export function collectGarbageAtRest(): () => void {
  const collect = garbageCollector();
  let before = { time: performance.now(), work: workSoFar() };
  let worked = before.work;
  let quiet = 0;
  const timer = setInterval(() => {
    const now = { time: performance.now(), work: workSoFar() };
    const work = now.work - before.work;
    worked += work;
    quiet = work <= QUIET * (now.time - before.time) ? quiet + 1 : 0;
    before = now;
    if (quiet < LOOKS || worked < WORTH) return;
    collect();
    worked = 0;
  }, INTERVAL);
  timer.unref();
  return () => clearInterval(timer);
}

/** ms of processor time of this process. */
function workSoFar(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** V8 has it only where it is asked for. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('globalThis.gc ?? (() => undefined)') as () => void;
}
