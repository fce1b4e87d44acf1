import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { FRUGAL_MEMORY } from '../../src/embedded/attach.ts';
import { Connection } from './connection.ts';

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  end(): Promise<void>;
}

export interface ServerPlace {
  /** Folder of the store. */
  readonly store: string;
  /** Folder of the index and the lock: another one for a server that has no index yet. */
  readonly cache: string;
}

const ROOT = path.dirname(path.dirname(import.meta.dirname));
const CLI = path.join(ROOT, 'dist/cli.js');
/** ms; a program that needs longer has failed. */
const PATIENCE = 240_000;

/** Our server, bundled and started as users have it, in a process of its own. */
export function startServer({ store, cache }: ServerPlace): Promise<ServerProcess> {
  const args = [CLI, 'server', '--backend-store-uri', store, '--port', '0'];
  return startNode(args, { ...FRUGAL_MEMORY, MLFLOW_WORKBENCH_CACHE: cache });
}

/** A program in Node that prints the URL at which it listens. */
export async function startNode(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  endWithThis(child, false);
  return { url: await readUrl(child), pid: child.pid ?? 0, end: () => end(child, false) };
}

/** A program that listens at this URL at some time. */
export async function startProgram(
  url: string,
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  // A group of its own, since it may have started others when it is ended.
  const child = spawn(command, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'ignore'],
    detached: true,
  });
  child.once('error', () => {}); // without a process there is no pid
  endWithThis(child, true);
  const deadline = performance.now() + PATIENCE;
  while (!(await answers(url))) {
    if (!hasEnded(child) && performance.now() < deadline) continue;
    await end(child, true);
    throw new Error(`${path.basename(command)} did not answer`);
  }
  return { url, pid: child.pid ?? 0, end: () => end(child, true) };
}

/** Asks for `/health`, and waits a moment where there is no answer. */
async function answers(url: string): Promise<boolean> {
  try {
    const connection = await Connection.open(url);
    await connection.get('/health').finally(() => connection.close());
    return true;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return false;
  }
}

function readUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk;
      const url = /http:\/\/[\d.]+:\d+/.exec(text)?.[0];
      if (url) resolve(url);
    });
    child.once('exit', () => reject(new Error('a server ended at once')));
  });
}

/** No server outlives this process. */
function endWithThis(child: ChildProcess, isGroup: boolean): void {
  const kill = () => signal(child, isGroup);
  process.prependOnceListener('exit', kill);
  child.once('exit', () => process.off('exit', kill));
}

function end(child: ChildProcess, isGroup: boolean): Promise<void> {
  return new Promise((resolve) => {
    if (hasEnded(child)) return resolve();
    child.once('exit', () => resolve());
    signal(child, isGroup);
  });
}

function signal(child: ChildProcess, isGroup: boolean): void {
  if (child.pid === undefined || hasEnded(child)) return;
  process.kill(isGroup ? -child.pid : child.pid, 'SIGTERM');
}

function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}
