import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Runs a command to its end with its output shown (or, with `quiet`, shown only when it fails).
 * @throws when it cannot be started or exits with another code than 0.
 */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', options.quiet ? 'pipe' : 'inherit', options.quiet ? 'pipe' : 'inherit'],
      shell: process.platform === 'win32' && !command.endsWith('.exe'),
    });
    const said = options.quiet ? collect(child) : undefined;
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) return resolve();
      const text = said ? `\n${said().trimEnd()}` : '';
      reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? `exit code ${code}`}${text}`));
    });
  });
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly quiet?: boolean;
}

function collect(child: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

/** Says what goes on while `work` does, and how long it took. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  process.stdout.write(`${title} … `);
  try {
    const result = await work();
    process.stdout.write(`${((Date.now() - started) / 1000).toFixed(1)} s\n`);
    return result;
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  }
}
