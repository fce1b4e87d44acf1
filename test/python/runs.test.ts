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
import { hasPython, MLFLOW_VERSIONS, type MlflowVersion, mlflowPython } from './environments.ts';
import { differences } from './runs/compare.ts';
import { type GitServer, startGitServer } from './runs/gitServer.ts';
import { INTENDED, type Intended } from './runs/intended.ts';
import { runOurs, runTheirs } from './runs/runBoth.ts';
import { type Places, SCENARIOS } from './runs/scenarios.ts';

const PROJECT = 'entry_points:\n  main:\n    parameters: {a: {type: string, default: x}}\n    command: "echo {a}"\n';

/** Each side records with a server of ours. */
interface Sides {
  readonly version: MlflowVersion;
  readonly theirs: MlflowClient;
  readonly ours: MlflowClient;
}

const met = new Set<Intended>();

/** The same calls of `mlflow run` of both versions and of ours: the same runs, commands, messages and exit codes. */
describe.runIf(hasPython() && process.platform !== 'win32')('beside mlflow run', () => {
  let folder: TemporaryFolder;
  const servers: ServerProcess[] = [];
  const sides: Sides[] = [];
  let web: http.Server;
  let git: GitServer;
  let places: Places;

  beforeAll(async () => {
    folder = temporaryFolder();
    for (const version of MLFLOW_VERSIONS) {
      mlflowPython(version);
      const [theirs, ours] = [
        await startServer(folder.join(version)),
        await startServer(folder.join(`our ${version}`)),
      ];
      servers.push(theirs, ours);
      for (const { url } of [theirs, ours]) await share(connect(url));
      sides.push({ version, theirs: connect(theirs.url), ours: connect(ours.url) });
    }
    web = http.createServer((_, response) => response.end('1,2\n'));
    await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
    git = await startGitServer(folder.join('served'));
    places = prepare(folder, git.url, `http://127.0.0.1:${(web.address() as AddressInfo).port}`);
  });

  afterAll(async () => {
    web?.close();
    await git?.stop();
    for (const server of servers) await server.stop();
    folder?.[Symbol.dispose]();
  });

  test.for(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))('%s', async ([, scenario]) => {
    const args = [...scenario.args(places), '--env-manager', 'local'];
    const call = { args, cwd: path.dirname(places.data), environment: { ...scenario.environment } };
    // Most of the time goes into Python's imports: both versions have theirs at once.
    await Promise.all(
      sides.map(async ({ version, ...clients }) => {
        const theirs = await runTheirs({ ...call, version, client: clients.theirs });
        const ours = await runOurs({ ...call, version, client: clients.ours });
        const found = differences(scenario, version, theirs, ours, met);
        expect(found, `MLflow ${version} said:\n${theirs.said}\n\nWe said:\n${ours.said}`).toEqual([]);
      }),
    );
  });

  test('every intended difference is one', () => {
    expect(INTENDED.filter((intended) => !met.has(intended))).toEqual([]);
  });
});

/** A file that both servers have. */
async function share({ artifacts }: MlflowClient): Promise<void> {
  const content = (async function* () {
    yield Buffer.from('1,2\n');
  })();
  await artifacts.open('mlflow-artifacts:/').write('shared/data.csv', content);
}

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
  const copies = { projects: 'projects', sample: '../../samples/elasticnet' };
  for (const [name, place] of Object.entries(copies)) {
    fs.cpSync(path.join(import.meta.dirname, place), folder.join(name), { recursive: true });
  }
  return {
    projects: folder.join('projects'),
    sample: folder.join('sample'),
    repository: repository.folder,
    bare,
    remote: `${server}/remote.git`,
    commit,
    archive: folder.join('p.zip'),
    web,
    data: folder.write('caller/data.csv', '1,2\n'),
  };
}
