import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../support/serverProcess.ts';
import { type RealServer, startRealServer } from './differential/realServer.ts';
import { hasPython, MLFLOW_VERSIONS, runProgram } from './environments.ts';

/** MLflow's own server answers a run in a deleted experiment with a 500. */
const WORSE = 'deleted experiment';

type Seen = Record<string, unknown>;

/** Programs that use MLflow's client do not notice which server they have. */
describe.runIf(hasPython()).each(MLFLOW_VERSIONS)('the client of MLflow %s', (version) => {
  let folder: string;
  let real: RealServer;

  beforeAll(async () => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-clients-')));
    fs.mkdirSync(path.join(folder, 'theirs'));
    real = await startRealServer(version, path.join(folder, 'theirs'));
  });

  afterAll(async () => {
    await real?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test('sees the same as with MLflow’s own server', async () => {
    const server = await startServer(path.join(folder, 'ours'));
    try {
      const run = async (url: string, name: string) => {
        const cwd = path.join(folder, name);
        fs.mkdirSync(cwd);
        return (await runProgram(version, 'clients.py', [url], { cwd })) as Seen;
      };
      const [theirs, ours] = await Promise.all([run(real.url, 'with theirs'), run(server.url, 'with ours')]);
      expect(Object.keys(ours)).toEqual(Object.keys(theirs));
      expect({ ...ours, [WORSE]: undefined }).toEqual({ ...theirs, [WORSE]: undefined });
    } finally {
      await server.stop();
    }
  });

  test.each(['proxied', 'local'])(
    'loads a version of runs:/…, also where MLflow cannot (%s artifacts)',
    async (kind) => {
      const store = path.join(folder, `by-run-${kind}`);
      const server = await startServer(
        store,
        kind === 'local' ? ['--default-artifact-root', pathToFileURL(store).href] : [],
      );
      try {
        expect(await runProgram(version, 'runs_source.py', [server.url], { cwd: folder })).toBe(true);
      } finally {
        await server.stop();
      }
    },
  );
});
