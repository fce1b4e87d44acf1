import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../files/missing.ts';
import { ToolOutput } from './environment/toolOutput.ts';

/** How long a program has to end by itself before it is made to (ms). */
const GRACE = 5_000;

/** How a program ended. */
export interface Exit {
  readonly code: number;
  /** Whether it was asked to end. */
  readonly stopped: boolean;
}

export interface SpawnOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Is given what the program says, and has to show it; it goes to this process's own output when absent. */
  readonly onOutput?: ((chunk: Buffer, to: NodeJS.WriteStream) => void) | undefined;
  /** What the program reads; nothing when absent. */
  readonly input?: string | undefined;
  /** Told the process group, once it is there. */
  readonly onStart?: ((pid: number) => void) | undefined;
}

/** Runs a program and waits for its end; an abort ends it and all that it started. */
export function runProgram(command: readonly [string, ...string[]], options: SpawnOptions): Promise<Exit> {
  const [program, ...args] = command;
  const { onOutput, input } = options;
  const standardIn = input === undefined ? 'ignore' : 'pipe';
  return new Promise((resolve, reject) => {
    if (options.signal.aborted) return resolve({ code: 130, stopped: true });
    // A process group of its own: the shell and the training end together.
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: childEnvironment(options.environment),
      stdio: onOutput ? [standardIn, 'pipe', 'pipe'] : [standardIn, 'inherit', 'inherit'],
      detached: process.platform !== 'win32',
      windowsVerbatimArguments: program === 'cmd',
    });
    if (onOutput) {
      child.stdout?.on('data', (chunk: Buffer) => onOutput(chunk, process.stdout));
      child.stderr?.on('data', (chunk: Buffer) => onOutput(chunk, process.stderr));
    }
    // It may end without reading.
    child.stdin?.on('error', () => undefined).end(input);
    if (child.pid !== undefined) options.onStart?.(child.pid);
    let timer: NodeJS.Timeout | undefined;
    const stop = () => {
      endGroup(child.pid, 'SIGTERM');
      timer = setTimeout(() => endGroup(child.pid, 'SIGKILL'), GRACE);
    };
    options.signal.addEventListener('abort', stop, { once: true });
    child.once('error', reject);
    let rest = Promise.resolve();
    child.once('exit', () => {
      // What it has left behind ends with it; on Windows, nobody knows any more what that is.
      if (process.platform !== 'win32') rest = endProcesses(child.pid, options.signal.aborted);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      options.signal.removeEventListener('abort', stop);
      const exit = { code: code ?? 128 + (signal ? constants.signals[signal] : 1), stopped: options.signal.aborted };
      rest.then(() => resolve(exit), reject);
    });
  });
}

/** What a tool runs with, besides its command. */
export interface ToolOptions {
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string | undefined;
}

/** Runs a tool that must succeed, and shows what it says. @throws an Error with the line that says what failed */
export async function runTool(command: readonly [string, ...string[]], options: ToolOptions): Promise<void> {
  await succeed(command, options, (chunk, to) => to.write(chunk));
}

/** Runs a tool for its answer. @returns what it wrote, trimmed. @throws an Error with the line that says what failed */
export async function askTool(command: readonly [string, ...string[]], options: ToolOptions): Promise<string> {
  const answer: Buffer[] = [];
  await succeed(command, options, (chunk, from) => from === process.stdout && answer.push(chunk));
  return Buffer.concat(answer).toString().trim();
}

async function succeed(
  command: readonly [string, ...string[]],
  options: ToolOptions,
  take: (chunk: Buffer, stream: NodeJS.WriteStream) => void,
): Promise<void> {
  const output = new ToolOutput();
  const onOutput = (chunk: Buffer, stream: NodeJS.WriteStream) => {
    output.add(chunk.toString());
    take(chunk, stream);
  };
  const { code, stopped } = await runProgram(command, { ...options, onOutput });
  if (stopped) throw new Error('Stopped.');
  if (code !== 0) throw new Error(`\`${command.join(' ')}\` ended with exit code ${code}: ${output.failure()}`);
}

/** VS Code's own Node runs this program; a child must not take its Electron for a Node, too. */
function childEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _, ...inherited } = process.env;
  return { ...inherited, ...more };
}

/**
 * Ends all that is left of a process group, and gives it time to do so by itself.
 * @param pid of its leader
 * @param wasAsked whether it knows already: programs take a second signal for impatience
 */
export async function endProcesses(pid: number | undefined, wasAsked = false): Promise<void> {
  if (!endGroup(pid, wasAsked ? 0 : 'SIGTERM') || process.platform === 'win32') return;
  for (const end = Date.now() + GRACE; Date.now() < end; await sleep(50)) {
    if (!endGroup(pid, 0)) return;
  }
  endGroup(pid, 'SIGKILL');
}

/** Ends a process and all that it started; signal 0 only looks. @returns whether there was any */
function endGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL' | 0): boolean {
  if (pid === undefined) return false;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    return true;
  }
  try {
    process.kill(-pid, signal);
    return true;
  } catch (error) {
    // The group has ended meanwhile; macOS says EPERM of one that nobody has waited for.
    if (errorCode(error) === 'ESRCH' || errorCode(error) === 'EPERM') return false;
    throw error;
  }
}
