import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';

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
}

/** Runs a program with this process's own output and waits for its end; an abort ends it and all that it started. */
export function runProgram(command: readonly [string, ...string[]], options: SpawnOptions): Promise<Exit> {
  const [program, ...args] = command;
  return new Promise((resolve, reject) => {
    if (options.signal.aborted) return resolve({ code: 130, stopped: true });
    // A process group of its own: the shell and the training end together.
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: childEnvironment(options.environment),
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: process.platform !== 'win32',
      windowsVerbatimArguments: program === 'cmd',
    });
    let timer: NodeJS.Timeout | undefined;
    const stop = () => {
      endGroup(child, 'SIGTERM');
      timer = setTimeout(() => endGroup(child, 'SIGKILL'), GRACE);
    };
    options.signal.addEventListener('abort', stop, { once: true });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      options.signal.removeEventListener('abort', stop);
      const stopped = options.signal.aborted;
      resolve({ code: code ?? 128 + (signal ? constants.signals[signal] : 1), stopped });
    });
  });
}

/** Runs a tool that must succeed. @throws an Error with its command line when it does not */
export async function runTool(
  command: readonly [string, ...string[]],
  cwd: string,
  signal: AbortSignal,
): Promise<void> {
  const { code, stopped } = await runProgram(command, { cwd, signal });
  if (stopped) throw new Error('Stopped.');
  if (code !== 0) throw new Error(`\`${command.join(' ')}\` ended with exit code ${code}.`);
}

/** VS Code's own Node runs this program; a child must not take its Electron for a Node, too. */
function childEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _, ...inherited } = process.env;
  return { ...inherited, ...more };
}

function endGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // The group has ended meanwhile.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
