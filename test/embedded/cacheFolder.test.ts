import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { cacheFolder } from '../../src/embedded/cacheFolder.ts';

const home = os.homedir();

test.each([
  ['linux', {}, path.join(home, '.cache', 'mlflow-workbench')],
  ['linux', { XDG_CACHE_HOME: '/x' }, path.join('/x', 'mlflow-workbench')],
  ['linux', { XDG_CACHE_HOME: 'relative' }, path.join(home, '.cache', 'mlflow-workbench')],
  ['darwin', {}, path.join(home, 'Library', 'Caches', 'mlflow-workbench')],
  ['win32', { LOCALAPPDATA: '/local' }, path.join('/local', 'mlflow-workbench')],
  ['win32', {}, path.join(home, 'AppData', 'Local', 'mlflow-workbench')],
  ['linux', { MLFLOW_WORKBENCH_CACHE: '/mine', XDG_CACHE_HOME: '/x' }, '/mine'],
] as const)('on %s with %j', (platform, env, folder) => {
  expect(cacheFolder(env, platform)).toBe(folder);
});
