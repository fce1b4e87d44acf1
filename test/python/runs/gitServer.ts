import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import { until } from '../../support/until.ts';
import { freePort } from '../differential/freePort.ts';

/** git's own server, of the repositories in a folder. */
export interface GitServer {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startGitServer(folder: string): Promise<GitServer> {
  fs.mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const options = [`--base-path=${folder}`, '--export-all', '--reuseaddr', '--listen=127.0.0.1', `--port=${port}`];
  // It has workers, which end with their group.
  const child = spawn('git', ['daemon', ...options, folder], { stdio: 'ignore', detached: true });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await until(() => isListening(port), 'git daemon', 10_000);
  return {
    url: `git://127.0.0.1:${port}`,
    async stop() {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      await ended;
    },
  };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
