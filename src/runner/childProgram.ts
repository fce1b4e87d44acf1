import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Exit } from './process.ts';

/** Characters of an unfinished line after which it is told nevertheless. */
const LONGEST_LINE = 64 * 1024;
/** ms for which output is read after the end of a program. */
const LAST_WORDS = 1_000;

export interface ChildOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** Told what the program prints, a line at a time: of a line that was written over, only what it came to. */
  readonly say: (line: string) => void;
  /** Asks the program to end, which then ends what it has started. */
  readonly signal: AbortSignal;
}

/** Runs a program whose lines are told, and waits for its end. @throws an Error where it cannot be started */
export function runChildProgram(
  [program, ...args]: readonly [string, ...string[]],
  { environment, say, signal }: ChildOptions,
): Promise<Exit> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return resolve({ code: 130, stopped: true });
    const child = spawn(program, args, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stop = () => endTree(child);
    signal.addEventListener('abort', stop, { once: true });
    const lines = [child.stdout, child.stderr].map((stream) => tellLines(stream, say));
    child.once('error', reject);
    // What it started can outlive a program that was killed, and hold its output open.
    child.once('exit', () => setTimeout(() => closeOutput(child), LAST_WORDS));
    child.once('close', (code, ended) => {
      signal.removeEventListener('abort', stop);
      for (const flush of lines) flush();
      resolve({ code: code ?? 128 + (ended ? constants.signals[ended] : 1), stopped: signal.aborted });
    });
  });
}

/** @returns tells what is left without an end of line */
function tellLines(stream: NodeJS.ReadableStream, say: (line: string) => void): () => void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) say(lastWritten(line));
    if (rest.length > LONGEST_LINE) flush();
  });
  const flush = () => {
    if (rest !== '') say(lastWritten(rest));
    rest = '';
  };
  return flush;
}

/** Bars of progress write a line over and over, with a carriage return between. */
function lastWritten(line: string): string {
  return line.replace(/\r+$/, '').split('\r').at(-1) ?? '';
}

function closeOutput(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
}

/** Windows has no signal that a program could answer by ending what it has started. */
function endTree(child: ChildProcess): void {
  if (process.platform === 'win32' && child.pid !== undefined) {
    spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
  } else {
    child.kill('SIGTERM');
  }
}
