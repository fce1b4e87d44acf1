import { type ChildProcess, execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { stop } from '../../src/embedded/attach.ts';

/** Bundled as users have it: a program of a hundred files takes ten times as long to start. */
export const CLI = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-cli-bundle-')), 'cli.js');
buildSync({
  entryPoints: [path.join(import.meta.dirname, '../../src/cli.ts')],
  outfile: CLI,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  logLevel: 'error',
});
process.once('exit', () => fs.rmSync(path.dirname(CLI), { recursive: true, force: true }));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The program in processes of its own, with a cache and a working folder of its own. */
export class Program {
  readonly folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-cli-')));
  readonly cache = path.join(this.folder, 'cache');
  readonly store = path.join(this.folder, 'project', '.mlflow');
  readonly #env = { ...process.env, MLFLOW_WORKBENCH_CACHE: this.cache };
  readonly #children: ChildProcess[] = [];
  /** More variables for what is run. */
  environment: Readonly<Record<string, string>> = {};
  /** What the servers have complained of: defects, for the most part. */
  complaints = '';

  run(...args: string[]): Promise<Ended> {
    return new Promise((resolve) => {
      const options = { cwd: this.folder, env: { ...this.#env, ...this.environment } };
      const child = execFile(process.execPath, [CLI, ...args], options, (_error, out, err) =>
        resolve({ code: child.exitCode, out, err }),
      );
    });
  }

  /** Starts the program and goes on; `text` is what it has printed so far. */
  start(...args: string[]): { readonly child: ChildProcess; text(): string } {
    const options = { cwd: this.folder, env: { ...this.#env, ...this.environment } };
    const child = spawn(process.execPath, [CLI, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#children.push(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += String(data)));
    return { child, text: () => text };
  }

  /** `server` on the store, on any free port. */
  server(...args: string[]): Promise<Ended> {
    return this.run('server', '--backend-store-uri', this.store, '--port', '0', ...args);
  }

  /** Starts `server` and waits for its first line. */
  async serve(
    ...args: string[]
  ): Promise<{ readonly line: string; readonly url: string; readonly child: ChildProcess }> {
    const all = [CLI, 'server', '--backend-store-uri', this.store, '--port', '0', ...args];
    const child = spawn(process.execPath, all, {
      cwd: this.folder,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.push(child);
    child.stderr.on('data', (data) => (this.complaints += String(data)));
    const line = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
    return { line, url: /http:\/\/[\d.:]+/.exec(line)?.[0] ?? '', child };
  }

  /** Ends everything that was started. */
  async end(): Promise<void> {
    await stop(this.cache, this.store);
    for (const child of this.#children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
    }
    fs.rmSync(this.folder, { recursive: true, maxRetries: 5 });
  }
}

export function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve));
}
