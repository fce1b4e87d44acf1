import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';

/** Where this user's files go that can be made again. `MLFLOW_WORKBENCH_CACHE` names another place. */
export function cacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  return env.MLFLOW_WORKBENCH_CACHE || path.join(userCache(env, platform), 'mlflow-workbench');
}

function userCache(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = os.homedir();
  if (platform === 'win32') return env.LOCALAPPDATA || path.join(home, 'AppData', 'Local');
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches');
  // A relative one is to be ignored (XDG Base Directory Specification).
  return env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : path.join(home, '.cache');
}

/** A file about one store, named after its real path. @param name such as `servers/*.json` */
export function storeFile(cache: string, name: string, store: string): string {
  return path.join(cache, name.replace('*', createHash('sha256').update(store).digest('hex').slice(0, 32)));
}
