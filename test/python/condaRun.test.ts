import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import { recordingProgram } from '../support/recordingProgram.ts';
import { type ServerProcess, startServer } from '../support/serverProcess.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';
import { hasPython, MLFLOW_VERSIONS } from './environments.ts';
import { differences } from './runs/compare.ts';
import { runOurs, runTheirs } from './runs/runBoth.ts';

const PROJECT = path.join(import.meta.dirname, 'projects', 'conda');

let folder: TemporaryFolder;
let servers: readonly ServerProcess[];

beforeEach(async () => {
  folder = temporaryFolder();
  servers = [await startServer(folder.join('theirs')), await startServer(folder.join('ours'))];
});

afterEach(async () => {
  for (const server of servers) await server.stop();
  folder[Symbol.dispose]();
});

/** There is no conda where tests run: a program of that name writes down what both ask for, and says that it is done. */
describe.runIf(hasPython() && process.platform !== 'win32').each(MLFLOW_VERSIONS)('conda of MLflow %s', (version) => {
  test.each([
    ['of the PATH', {}],
    ['in MLFLOW_CONDA_HOME', { MLFLOW_CONDA_HOME: 'HOME' }],
    ['beside CONDA_EXE', { CONDA_EXE: 'HOME/bin/conda' }],
  ])('%s is asked for the same', async (_, variables) => {
    const home = folder.join('conda');
    const bin = path.join(home, 'bin');
    fs.mkdirSync(bin, { recursive: true });
    folder.write('conda/etc/profile.d/conda.sh', 'conda() { echo "$@" >> "$ACTIVATED"; }\n');
    const conda = recordingProgram(bin, 'conda', [
      { when: /env list/, out: '{"envs": []}' },
      { when: /--version/, out: 'conda 1' },
    ]);
    folder.write('conda/bin/activate', 'echo "activate $@" >> "$ACTIVATED"\n');
    const environment = {
      ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value.replace('HOME', home)])),
      PATH: `${bin}:${process.env.PATH}`,
      ACTIVATED: folder.join('activated'),
    };
    const call = { version, args: [PROJECT], cwd: folder.path, environment };
    const [theirServer, ourServer] = servers;
    const theirs = await runTheirs({ ...call, client: connect(theirServer?.url ?? '') });
    const [theirCalls, theirActivations] = [conda.calls(), folder.read('activated')];
    const ours = await runOurs({ ...call, client: connect(ourServer?.url ?? '') });
    const ourCalls = conda.calls().slice(theirCalls.length);

    const scenario = { name: 'conda', args: () => [PROJECT] };
    expect(differences(scenario, version, theirs, ours, new Set()), ours.said).toEqual([]);
    expect(ours.runs[0]?.data.tags.get('mlflow.project.env')).toBe('conda');
    const ofEnvironments = (calls: readonly (readonly string[])[]) => calls.filter(([first]) => first === 'env');
    expect(ofEnvironments(ourCalls)).toEqual(ofEnvironments(theirCalls));
    expect(folder.read('activated')).toBe(theirActivations.repeat(2));
  });
});
