import fs from 'node:fs';
import path from 'node:path';
import { stat } from './read.ts';

/**
 * Opens a log file for a process to write to; begins anew where it has become larger than `limit` bytes.
 * @returns a file descriptor, to be closed with `closeLog`.
 */
export function openLog(file: string, limit: number): number {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const isFull = (stat(file)?.size ?? 0) > limit;
  return fs.openSync(file, isFull ? 'w' : 'a', 0o600);
}

export function closeLog(descriptor: number): void {
  fs.closeSync(descriptor);
}
