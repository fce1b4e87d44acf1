import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

const ROOT = path.dirname(path.dirname(import.meta.dirname));

/** The `server` command of the built program, on a free loopback port. */
export interface ServerProcess {
  readonly url: string;
  readonly process: ChildProcess;
  /** All that it has printed. */
  output(): string;
  /** Ends it as a user does. @returns its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `dist/cli.js server` (or `ui`) on a store; `args` are more of its options. Resolves when it answers. */
export async function startServer(
  store: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
  command: 'server' | 'ui' = 'server',
): Promise<ServerProcess> {
  const child = spawn(
    process.execPath,
    [path.join(ROOT, 'dist', 'cli.js'), command, '--backend-store-uri', store, '--port', '0', ...args],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } },
  );
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
    child.once('close', () => reject(new Error(`the server ended at once:\n${said}`)));
  });
  return {
    url,
    process: child,
    output: () => said,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
