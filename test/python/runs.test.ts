import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type MlflowClient } from '../../src/client/connect.ts';
import { gitRepository } from '../runner/gitRepository.ts';
import { type ServerProcess, startServer } from '../support/serverProcess.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';
import { hasPython, MLFLOW_VERSIONS, type MlflowVersion } from './environments.ts';
import { differences } from './runs/compare.ts';
import { type GitServer, startGitServer } from './runs/gitServer.ts';
import { INTENDED, type Intended } from './runs/intended.ts';
import { runOurs, runTheirs } from './runs/runBoth.ts';
import { type Places, SCENARIOS } from './runs/scenarios.ts';

const PROJECT = 'entry_points:\n  main:\n    parameters: {a: {type: string, default: x}}\n    command: "echo {a}"\n';

const met = new Set<Intended>();

/** The same calls of `mlflow run` and of ours, to servers of ours: the same runs, commands, messages and exit codes. */
describe.runIf(hasPython() && process.platform !== 'win32').each(MLFLOW_VERSIONS)(
  'beside mlflow run %s',
  (version: MlflowVersion) => {
    let folder: TemporaryFolder;
    let servers: readonly ServerProcess[];
    let clients: readonly [MlflowClient, MlflowClient];
    let web: http.Server;
    let git: GitServer;
    let places: Places;

    beforeAll(async () => {
      folder = temporaryFolder();
      servers = [await startServer(folder.join('theirs')), await startServer(folder.join('ours'))];
      const [theirs, ours] = servers.map(({ url }) => connect(url));
      if (!theirs || !ours) throw new Error('there are two servers');
      clients = [theirs, ours];
      web = http.createServer((_, response) => response.end('1,2\n'));
      await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
      git = await startGitServer(folder.join('served'));
      places = prepare(folder, git.url, `http://127.0.0.1:${(web.address() as AddressInfo).port}`);
    });

    afterAll(async () => {
      web?.close();
      await git?.stop();
      for (const server of servers ?? []) await server.stop();
      folder?.[Symbol.dispose]();
    });

    test.for(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))('%s', async ([, scenario]) => {
      const args = [...scenario.args(places), '--env-manager', 'local'];
      const call = { version, args, cwd: path.dirname(places.data), environment: { ...scenario.environment } };
      const theirs = await runTheirs({ ...call, client: clients[0] });
      const ours = await runOurs({ ...call, client: clients[1] });
      const found = differences(scenario, version, theirs, ours, met);
      expect(found, `MLflow said:\n${theirs.said}\n\nWe said:\n${ours.said}`).toEqual([]);
    });
  },
);

test.runIf(hasPython() && process.platform !== 'win32')('every intended difference is one', () => {
  expect(INTENDED.filter((intended) => !met.has(intended))).toEqual([]);
});

function prepare(folder: TemporaryFolder, server: string, web: string): Places {
  const repository = gitRepository(folder.join('repository'));
  const commit = repository.commit({ MLproject: PROJECT, 'sub/MLproject': PROJECT });
  repository.git('branch', 'other');
  repository.git('remote', 'add', 'origin', 'https://me:secret@example.org/x.git');
  repository.commit({ MLproject: PROJECT.replace('x}', 'y}') });
  const bare = folder.join('served', 'remote.git');
  execFileSync('git', ['clone', '--quiet', '--bare', repository.folder, bare]);
  execFileSync('git', ['archive', '--format=zip', `--output=${folder.join('p.zip')}`, 'HEAD'], {
    cwd: repository.folder,
  });
  fs.mkdirSync(folder.join('plain'));
  return {
    projects: path.join(import.meta.dirname, 'projects'),
    repository: repository.folder,
    bare,
    remote: `${server}/remote.git`,
    commit,
    archive: folder.join('p.zip'),
    web,
    data: folder.write('caller/data.csv', '1,2\n'),
  };
}
