import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { FRUGAL_MEMORY } from '../../src/embedded/attach.ts';

const ROOT = path.dirname(path.dirname(import.meta.dirname));

/** The bundle of the command line with its threads beside it, as users have it: `cli.js` in a folder of its own. */
export async function buildCli(): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-faults-cli-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/cli.ts', 'src/tracking/file/index/scanWorker.ts'],
    entryNames: '[name]',
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'error',
  });
  return path.join(folder, 'cli.js');
}

export interface BuiltServer {
  readonly url: string;
  readonly child: ChildProcess;
  /** All that it has said. */
  said(): string;
  /** Ends it by a signal. @returns its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export interface ServeOptions {
  readonly cli: string;
  readonly store: string;
  readonly cache: string;
  readonly args?: readonly string[];
  /** Options of Node itself. */
  readonly node?: readonly string[];
}

/** `server` on a store, on any free port. @throws with what it said when it ends before it answers. */
export async function serve({ cli, store, cache, args = [], node = [] }: ServeOptions): Promise<BuiltServer> {
  const all = [...node, cli, 'server', '--backend-store-uri', store, '--port', '0', ...args];
  const env = { ...FRUGAL_MEMORY, ...process.env, MLFLOW_WORKBENCH_CACHE: cache };
  const child = spawn(process.execPath, all, { cwd: os.tmpdir(), env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (found) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
  });
  return {
    url,
    child,
    said: () => said,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
