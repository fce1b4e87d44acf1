import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** What a scan asks of the system, without anything else. @returns ms */
export function scanCalls(root: string, threads: number): number {
  return run('scanCalls.ts', root, String(threads));
}

/** What creating runs asks of the disk, without anything else. @param time ms @returns runs per second */
export function createRunCalls(folder: string, time: number): number {
  return run('createRunCalls.ts', folder, String(time));
}

/** A program among the floors that prints one number. */
function run(program: string, ...args: string[]): number {
  const file = path.join(import.meta.dirname, 'floors', program);
  return Number(execFileSync(process.execPath, [...process.execArgv, file, ...args], { encoding: 'utf8' }));
}
