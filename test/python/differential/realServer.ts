import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MlflowVersion, mlflowPython } from '../environments.ts';
import { freePort } from './freePort.ts';

/** MLflow's own tracking server on a file store. */
export interface RealServer {
  readonly url: string;
  /** Folder of the store. */
  readonly store: string;
  stop(): Promise<void>;
}

/** ms; importing MLflow takes most of it. */
const START_LIMIT = 120_000;

/** Starts `mlflow server` on `store/` of a folder, with its artifacts in `mlartifacts/`. */
export async function startRealServer(version: MlflowVersion, folder: string): Promise<RealServer> {
  const store = path.join(folder, 'store');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = path.join(folder, 'server.log');
  const output = fs.openSync(log, 'w');
  const args = ['--backend-store-uri', store, '--artifacts-destination', path.join(folder, 'mlartifacts')];
  const child = spawn(
    mlflowPython(version),
    ['-m', 'mlflow', 'server', ...args, '--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
    {
      cwd: folder,
      env: { ...process.env, MLFLOW_ALLOW_FILE_STORE: 'true' },
      stdio: ['ignore', output, output],
      // It has workers, which end with their group.
      detached: true,
    },
  );
  fs.closeSync(output);
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      hasEnded = true;
      resolve();
    });
  });
  const limit = Date.now() + START_LIMIT;
  while (!(await isHealthy(url))) {
    if (hasEnded || Date.now() > limit) throw new Error(`MLflow ${version} does not start:\n${fs.readFileSync(log)}`);
    await sleep(200);
  }
  return {
    url,
    store,
    async stop() {
      if (child.pid !== undefined && !hasEnded) process.kill(-child.pid, 'SIGKILL');
      await ended;
    },
  };
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`)).ok;
  } catch {
    return false;
  }
}
