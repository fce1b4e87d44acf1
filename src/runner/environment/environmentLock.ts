import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, unlessMissing } from '../../files/missing.ts';

/** ms between two looks at whether the other process has finished. */
const INTERVAL = 200;

export interface LockOptions {
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Waits until no other process makes the environment in a folder, and keeps them away: runs of a sweep start at once.
 * What a killed process has locked is free.
 * @returns a function that lets the others in
 * @throws an Error where it was stopped meanwhile
 */
export async function lockEnvironment(folder: string, { say, signal }: LockOptions): Promise<() => void> {
  const file = `${folder}.lock`;
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  for (let waits = 0; !takeLock(file); waits++) {
    if (waits === 0) say(`Waiting for another run that makes the environment ${folder}`);
    await sleep(INTERVAL);
    if (signal.aborted) throw new Error('Stopped.');
  }
  return () => fs.rmSync(file, { force: true });
}

function takeLock(file: string): boolean {
  // Written under another name first, so that nobody reads a lock without its process.
  const own = `${file}.${process.pid}`;
  fs.writeFileSync(own, String(process.pid));
  try {
    fs.linkSync(own, file);
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    const holder = Number(unlessMissing(() => fs.readFileSync(file, 'utf8')) ?? Number.NaN);
    if (!Number.isNaN(holder) && !isAlive(holder)) fs.rmSync(file, { force: true });
    return false;
  } finally {
    fs.rmSync(own, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}
