import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import { type ServerProcess, startServer } from '../support/serverProcess.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';
import { hasPython, MLFLOW_VERSIONS, type MlflowVersion, mlflowPython, pythonWith } from './environments.ts';
import { differences } from './runs/compare.ts';
import { runOurs, runTheirs } from './runs/runBoth.ts';

let folder: TemporaryFolder;
let servers: readonly ServerProcess[];

beforeAll(async () => {
  folder = temporaryFolder();
  fs.cpSync(path.join(import.meta.dirname, 'projects', 'environment'), folder.join('project'), { recursive: true });
  const { stdout } = spawnSync(mlflowPython('3.17.2'), ['-c', 'import platform; print(platform.python_version())']);
  const python = stdout.toString().trim();
  folder.write('project/python_env.yaml', `python: "${python}"\ndependencies:\n  - -r requirements.txt\n`);
  folder.write('project/broken.yaml', `python: "${python}"\ndependencies: [no-such-package-anywhere-0]\n`);
  folder.write('broken/MLproject', 'python_env: ../project/broken.yaml\nentry_points: {main: {command: "true"}}\n');
  servers = [await startServer(folder.join('theirs')), await startServer(folder.join('ours'))];
});

afterAll(async () => {
  for (const server of servers ?? []) await server.stop();
  folder?.[Symbol.dispose]();
});

const hasPyenv = spawnSync('pyenv', ['--version']).status === 0;

/** The programs that make environments, in one of their own. */
function tools(): string {
  const requirements = path.join(import.meta.dirname, 'requirements-environments.txt');
  return path.dirname(path.dirname(pythonWith(requirements, 'environments')));
}

function environment(name: string): Record<string, string> {
  return { MLFLOW_ENV_ROOT: folder.join(name), PATH: `${tools()}/bin${path.delimiter}${process.env.PATH}` };
}

/** MLflow 2 makes environments with the package virtualenv, which has to be importable. */
function withVirtualenv(variables: Record<string, string>): Record<string, string> {
  const [version = ''] = fs.readdirSync(path.join(tools(), 'lib'));
  return { ...variables, PYTHONPATH: path.join(tools(), 'lib', version, 'site-packages') };
}

/** What both can make: with virtualenv MLflow needs pyenv, and MLflow 2 has no uv for projects. */
const MANAGERS: readonly (readonly [manager: string, version: MlflowVersion])[] = [
  ['uv', '3.17.2'],
  ...(hasPyenv ? MLFLOW_VERSIONS.map((version) => ['virtualenv', version] as const) : []),
];

/** Real environments, of the real package index: the same tags and the same end. */
describe.runIf(hasPython() && process.platform !== 'win32')('an environment', () => {
  test.each(MANAGERS)('by %s, beside that of MLflow %s', async (manager, version) => {
    const args = [folder.join('project'), '--env-manager', manager];
    const [theirServer, ourServer] = servers;
    const call = { version, args, cwd: folder.path };
    const theirClient = connect(theirServer?.url ?? '');
    const theirRoot = withVirtualenv(environment(`${version}-${manager}`));
    const theirs = await runTheirs({ ...call, client: theirClient, environment: theirRoot });
    const client = connect(ourServer?.url ?? '');
    const ourRoot = environment(`ours-${version}-${manager}`);
    const ours = await runOurs({ ...call, client, environment: ourRoot });
    const scenario = { name: manager, args: () => args };
    const said = `MLflow said:\n${theirs.said}\nWe said:\n${ours.said}`;
    expect(differences(scenario, version, theirs, ours, new Set()), said).toEqual([]);
    expect(ours.exitCode, said).toBe(0);
    expect(ours.runs[0]?.data.tags.get('mlflow.project.env')).toBe(manager);

    const again = await runOurs({ ...call, client, environment: ourRoot });
    expect(again.said).toContain('Using the environment');
    expect(again.exitCode).toBe(0);
  });
});

describe.runIf(hasPython() && process.platform !== 'win32')('an environment that cannot be made', () => {
  test.each([
    ['uv', /No solution found.*no-such-package-anywhere-0/],
    ['virtualenv', /ERROR: Could not find a version that satisfies the requirement no-such-package-anywhere-0/],
  ])('by %s tells the line that says why, and leaves neither a run nor a folder', async (manager, message) => {
    const client = connect(servers[1]?.url ?? '');
    const args = [folder.join('broken'), '--env-manager', manager];
    const call = { version: '3.17.2' as const, args, cwd: folder.path };
    const ended = await runOurs({ ...call, client, environment: environment(`broken-${manager}`) });
    expect(ended.message).toMatch(message);
    expect([ended.exitCode, ended.runs.length]).toEqual([1, 0]);
    expect(fs.readdirSync(folder.join(`broken-${manager}`))).toEqual([]);
  });

  test('runs that start at once make it one after the other', async () => {
    const client = connect(servers[1]?.url ?? '');
    const args = [folder.join('project'), '--env-manager', 'virtualenv'];
    const call = { version: '3.17.2' as const, args, cwd: folder.path, client, environment: environment('at-once') };
    const ended = await Promise.all([runOurs(call), runOurs(call), runOurs(call)]);
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(ended.filter(({ said }) => said.includes('Creating the environment'))).toHaveLength(1);
  });
});
