import fs from 'node:fs';
import path from 'node:path';
import { stat } from './read.ts';
import { makeFolder } from './write.ts';

/**
 * Opens a log file for a process to write to; begins anew where it has become larger than `limit` bytes.
 * @returns a file descriptor, to be closed with `closeLog`.
 */
export function openLog(file: string, limit: number): number {
  makeFolder(path.dirname(file));
  const isFull = (stat(file)?.size ?? 0) > limit;
  return fs.openSync(file, isFull ? 'w' : 'a', 0o600);
}

export function closeLog(descriptor: number): void {
  fs.closeSync(descriptor);
}
