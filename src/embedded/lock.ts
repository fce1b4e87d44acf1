import { setTimeout as sleep } from 'node:timers/promises';
import { readText, stat } from '../files/read.ts';
import { createFile, remove, replacePrivateFile } from '../files/write.ts';
import { storeFile } from './cacheFolder.ts';

/** What the lock file of a store says: who serves it, and where. */
export interface ServerLock {
  readonly pid: number;
  /** The store's real path. */
  readonly store: string;
  /** Version of the program. */
  readonly version: string;
  /** Absent while the server starts. */
  readonly url?: string | undefined;
  readonly port?: number | undefined;
  /** What the server asks for, if it does; the folder of the locks is its owner's alone. */
  readonly token?: string | undefined;
  /** ms since the epoch. */
  readonly startedAt: number;
}

/** The lock file of a store, and (with another extension) the log of the server behind it. */
export function lockFile(cache: string, store: string): string {
  return storeFile(cache, 'servers/*.json', store);
}

export function readLock(file: string): ServerLock | undefined {
  return parseLock(readText(file));
}

export function parseLock(text: string | undefined): ServerLock | undefined {
  try {
    const value: Partial<ServerLock> | null = JSON.parse(text ?? 'null');
    const isLock = typeof value?.pid === 'number' && typeof value.store === 'string' && value.startedAt !== undefined;
    return isLock ? (value as ServerLock) : undefined;
  } catch {
    return undefined; // somebody else's file, or half of one: nobody holds it
  }
}

/**
 * Replaces what the lock file says, if it still says what was expected: of many processes that try, one succeeds.
 * `undefined` stands for no file.
 */
export async function changeLock(
  file: string,
  expected: string | undefined,
  lock: ServerLock | undefined,
): Promise<boolean> {
  return alone(`${file}.guard`, () => {
    if (readText(file) !== expected) return false;
    if (lock) replacePrivateFile(file, formatLock(lock));
    else remove(file);
    return true;
  });
}

function formatLock(lock: ServerLock): string {
  return `${JSON.stringify(lock)}\n`;
}

/** ms after which a guard counts as left behind: it is held for a few file operations. */
const GUARD_LIMIT = 5_000;

/** Lets one process at a time do something short. */
async function alone<T>(guard: string, work: () => T): Promise<T> {
  while (!createFile(guard, String(process.pid))) {
    const made = stat(guard)?.mtimeMs;
    if (made !== undefined && Date.now() - made > GUARD_LIMIT) remove(guard);
    await sleep(5);
  }
  try {
    return work();
  } finally {
    remove(guard);
  }
}
