import fs from 'node:fs';
import path from 'node:path';
import { connect, type MlflowClient } from '../../../src/client/connect.ts';
import { lockFile, readLock } from '../../../src/embedded/lock.ts';
import { until } from './until.ts';

/** Waits for the server that the window starts for a folder, and connects to it. @param cache where its lock is */
export async function serverOf(workspace: string, cache: string): Promise<MlflowClient> {
  const { url, token } = await until(
    'the server',
    () => {
      const store = path.join(fs.realpathSync(workspace), '.mlflow');
      const found = fs.existsSync(store) ? readLock(lockFile(cache, store)) : undefined;
      return found?.url ? { url: found.url, token: found.token } : undefined;
    },
    { ms: 30_000 },
  );
  return connect(url, { token });
}
