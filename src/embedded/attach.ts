import { spawn } from 'node:child_process';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeLog, openLog } from '../files/logFile.ts';
import { isSystemError } from '../files/missing.ts';
import { readText } from '../files/read.ts';
import { endHolder, findHolder, type Holder } from './holder.ts';
import { lockFile, readLock } from './lock.ts';

export interface AttachOptions {
  readonly cache: string;
  /** The store's real path. */
  readonly store: string;
  /** Version of this program: a server of another one is replaced when no run logs to it. */
  readonly version: string;
  /** A server that lets in everybody is replaced when no run logs to it. */
  readonly needsToken?: boolean | undefined;
  /** How to start the server: an executable and its arguments. It must take the store's lock. */
  readonly command: readonly [string, ...string[]];
  readonly environment?: NodeJS.ProcessEnv | undefined;
}

export interface Attached {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly store: string;
  /** What the server asks for, if it does. */
  readonly token?: string | undefined;
  /** False where the server was running already. */
  readonly started: boolean;
}

/** ms that a server gets until it answers. */
const STARTING_TIME = 20_000;
/** bytes of the log that are kept at least. */
const LOG_LIMIT = 1_000_000;

/** Finds the server of a store or starts one that outlives this process. @throws Error with what it said if it fails. */
export async function attach(options: AttachOptions): Promise<Attached> {
  const { cache, store, command, environment } = options;
  const file = lockFile(cache, store);
  const log = logFile(cache, store);
  let process: Daemon | undefined;
  for (const end = Date.now() + STARTING_TIME; Date.now() < end; await sleep(10)) {
    const holder = await findHolder(readLock(file));
    if (holder === 'starting') continue;
    if (holder && isUsable(holder, options)) return attached(holder, process?.pid);
    if (holder) await endHolder(holder, file);
    process ??= startDaemon(command, environment, log);
    if (process.hasEnded()) throw new Error(`The server ended at once. ${lastWords(log)}`.trim());
  }
  throw new Error(`The server did not answer in time. See ${log}`);
}

/** Ends the server of a store. @returns false where none was running. */
export async function stop(cache: string, store: string): Promise<boolean> {
  const file = lockFile(cache, store);
  for (;;) {
    const holder = await findHolder(readLock(file));
    if (!holder) return false;
    if (holder !== 'starting') return endHolder(holder, file).then(() => true);
    await sleep(20);
  }
}

function logFile(cache: string, store: string): string {
  return lockFile(cache, store).replace(/json$/, 'log');
}

function isUsable(holder: Holder, { version, needsToken = false }: AttachOptions): boolean {
  const isAsWanted = holder.version === version && (holder.token !== undefined || !needsToken);
  return isAsWanted || holder.runningRuns > 0;
}

function attached({ url, port, pid, store, token }: Holder, ownPid: number | undefined): Attached {
  return { url, port, pid, store, ...(token !== undefined && { token }), started: pid === ownPid };
}

interface Daemon {
  readonly pid: number | undefined;
  hasEnded(): boolean;
}

/**
 * The C library of Linux (mallopt(3)) keeps what threads have freed, one heap for each of them, and buffers up to 32 MB:
 * a server that lives for days beside a training gives its memory back instead.
 */
export const FRUGAL_MEMORY = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '32768',
  MALLOC_TRIM_THRESHOLD_: '131072',
} as const;

function startDaemon(
  [executable, ...args]: AttachOptions['command'],
  env: NodeJS.ProcessEnv | undefined,
  log: string,
): Daemon {
  const output = openServerLog(log);
  // Not in the store's folder: a process keeps its folder from being removed on Windows.
  const child = spawn(executable, args, {
    cwd: os.homedir(),
    env: { ...FRUGAL_MEMORY, ...(env ?? process.env) },
    detached: true,
    stdio: ['ignore', output, output],
    windowsHide: true,
  });
  closeLog(output);
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  child.unref();
  return { pid: child.pid, hasEnded: () => ended };
}

/** Where there can be no log there can be no lock, by which the server would be found. */
function openServerLog(log: string): number {
  try {
    return openLog(log, LOG_LIMIT);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The cache folder cannot be written (${reason}). Name another folder in MLFLOW_WORKBENCH_CACHE, or start the server in a terminal.`,
    );
  }
}

function lastWords(log: string): string {
  return (readText(log) ?? '').trimEnd().split('\n').slice(-5).join('\n');
}
