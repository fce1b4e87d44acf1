import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../files/missing.ts';
import { readLock, type ServerLock } from './lock.ts';

/** A server that was asked and is what its lock file says. */
export interface Holder extends ServerLock {
  readonly url: string;
  readonly port: number;
  /** Runs that log to it now. */
  readonly runningRuns: number;
}

/** What a server says about itself. */
interface Told {
  readonly pid?: unknown;
  readonly store_root?: unknown;
  readonly registry_root?: unknown;
  readonly running_runs?: unknown;
}

/** ms that a live process gets to answer: it may be reading a large store. */
const PATIENCE = 10_000;
/** ms that a server gets to begin to answer, and to end. */
const STARTING_TIME = 15_000;
const ENDING_TIME = 6_000;

/**
 * The server that a lock file names, asked whether it is that: the process may be gone, its id may be another's by now,
 * and so may the port. `'starting'` where it must be asked again later.
 */
export async function findHolder(lock: ServerLock | undefined): Promise<Holder | 'starting' | undefined> {
  if (!lock || !isAlive(lock.pid)) return undefined;
  if (lock.url === undefined) return Date.now() - lock.startedAt < STARTING_TIME ? 'starting' : undefined;
  try {
    const response = await fetch(`${lock.url}/api/mlflow-workbench/server`, {
      signal: AbortSignal.timeout(PATIENCE),
      headers: lock.token === undefined ? {} : { authorization: `Bearer ${lock.token}` },
    });
    const told = (await response.json()) as Told;
    if (told.pid !== lock.pid || (told.store_root !== lock.store && told.registry_root !== lock.store))
      return undefined;
    return { ...lock, url: lock.url, port: lock.port ?? 0, runningRuns: Number(told.running_runs ?? 0) };
  } catch {
    return undefined; // nobody there, somebody else, or nobody who answers
  }
}

/**
 * Ends a server and waits until it has let go of its store. Only one that was asked who it is may be given: the id of a
 * process alone says nothing.
 */
export async function endHolder({ pid }: Holder, file: string): Promise<void> {
  signal(pid, 'SIGTERM');
  for (const end = Date.now() + ENDING_TIME; isAlive(pid) && readLock(file)?.pid === pid; await sleep(20)) {
    if (Date.now() > end) signal(pid, 'SIGKILL');
  }
}

function isAlive(pid: number): boolean {
  return signal(pid, 0);
}

/** @returns false where there is no such process, or it is another user's. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) === 'ESRCH' || errorCode(error) === 'EPERM') return false;
    throw error;
  }
}
