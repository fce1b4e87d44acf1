import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect, type MlflowClient } from '../../src/client/connect.ts';
import type { Run } from '../../src/entities/run.ts';
import { isRunning } from '../support/isRunning.ts';
import { until } from '../support/until.ts';
import { CLI, Program } from './program.ts';

let server: Program;
let program: Program;
let client: MlflowClient;
let url: string;

async function start(...args: string[]): Promise<void> {
  server = new Program();
  ({ url } = await server.serve(...args));
  client = connect(url);
  vi.stubEnv('MLFLOW_TRACKING_URI', url);
  for (const name of ['MLFLOW_RUN_ID', 'MLFLOW_EXPERIMENT_ID', 'MLFLOW_EXPERIMENT_NAME', 'MLFLOW_TMP_DIR']) {
    vi.stubEnv(name, undefined);
  }
  // The environment of the process is that of what it starts.
  program = new Program();
}

beforeEach(() => start());

afterEach(async () => {
  vi.unstubAllEnvs();
  await program.end();
  await server.end();
});

function write(file: string, text: string): string {
  const place = path.join(program.folder, file);
  fs.mkdirSync(path.dirname(place), { recursive: true });
  fs.writeFileSync(place, text);
  return place;
}

function project(command: string, parameters = '{}'): string {
  const text = `entry_points:\n  main:\n    parameters: ${parameters}\n    command: ${JSON.stringify(command)}\n`;
  return path.dirname(write('project/MLproject', text));
}

async function runs(): Promise<readonly Run[]> {
  const experiments = (await client.tracking.searchExperiments({})).items;
  const search = { experimentIds: experiments.map(({ experimentId }) => experimentId) };
  return (await client.tracking.searchRuns(search)).items;
}

async function artifact(run: Run | undefined, name: string): Promise<string> {
  const { stream } = await client.artifacts.open(`runs:/${run?.info.runId}`).read(name);
  return (await Array.fromAsync(stream)).map((chunk) => Buffer.from(chunk).toString()).join('');
}

describe.skipIf(process.platform === 'win32')('mlflow-workbench run', () => {
  test('runs, says so, and ends with 0', async () => {
    const { code, out, err } = await program.run('run', project('echo hello {a}', '{a: string}'), '-P', 'a=x y');
    const [run] = await runs();
    const { runId } = run?.info ?? {};
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`=== Running command 'echo hello 'x y'' in run with ID '${runId}' ===\nhello x y\n`);
    expect(out).toContain(`=== Run (ID '${runId}') succeeded ===`);
  });

  test('a failure ends with 1, whatever the command ended with', async () => {
    const { code, err } = await program.run('run', project('exit 3'));
    const [run] = await runs();
    expect({ code, err }).toEqual({ code: 1, err: `=== Run (ID '${run?.info.runId}') failed ===\n` });
    expect(run?.info.status).toBe('FAILED');
  });

  test('what is killed is KILLED', async () => {
    expect((await program.run('run', project('sleep 0.1; kill -9 $$'))).code).toBe(1);
    expect((await runs())[0]?.info.status).toBe('KILLED');
  });

  test('a wrong call ends with 2 and the usage, a wrong project with 1', async () => {
    const usage = await program.run('run');
    expect(usage).toMatchObject({ code: 2, err: expect.stringContaining("Error: Missing argument 'URI'.") });
    expect(usage.err).toContain("Try 'mlflow-workbench run --help' for help.");
    expect(await program.run('run', project('x {a}', '{a: float}'))).toMatchObject({
      code: 1,
      err: "=== No value given for missing parameters: 'a' ===\n",
    });
    expect(await runs()).toEqual([]);
  });

  test('a server that does not answer is told', async () => {
    await program.end();
    vi.stubEnv('MLFLOW_TRACKING_URI', 'http://127.0.0.1:9');
    program = new Program();
    const { code, err } = await program.run('run', project('true'));
    expect(code).toBe(1);
    expect(err).toContain('=== The tracking server at http://127.0.0.1:9 does not answer: ');
  });

  test('--help tells every option', async () => {
    const { code, out } = await program.run('run', '--help');
    expect(code).toBe(0);
    for (const option of ['--version', '--docker-args', '--storage-dir', '--log-output', '--backend-config']) {
      expect(out).toContain(option);
    }
  });

  test('paths are relative to the caller, not to the project', async () => {
    write('data.csv', '1,2');
    const { code } = await program.run('run', project('cat {d} > out', '{d: path}'), '-P', 'd=data.csv');
    expect(code).toBe(0);
    expect(fs.readFileSync(path.join(program.folder, 'project', 'out'), 'utf8')).toBe('1,2');
    expect((await runs())[0]?.data.params.get('d')).toBe('data.csv');
  });

  test('a path can be an artifact of a run', async () => {
    const made = await client.tracking.createRun({ experimentId: '0' });
    const bytes = (async function* () {
      yield Buffer.from('from the store');
    })();
    await client.artifacts.open(made.info.artifactUri).write('in/data.csv', bytes);
    const uri = `runs:/${made.info.runId}/in/data.csv`;
    const storage = path.join(program.folder, 'storage');
    const uris = [uri, `${made.info.artifactUri}/in`].flatMap((value, at) => ['-P', `p${at}=${value}`]);
    const text = project('cat {p0} > out; ls {p1} >> out', '{p0: path, p1: path}');
    expect(await program.run('run', text, ...uris, '--storage-dir', storage)).toMatchObject({ code: 0 });
    expect(fs.readFileSync(path.join(text, 'out'), 'utf8')).toBe('from the storedata.csv\n');
    expect(fs.readdirSync(storage)).toHaveLength(1);
  });

  test.each([
    ['finished', 'echo one; echo two >&2; echo three', 0],
    ['failed', 'echo one; echo two >&2; echo three; exit 1', 1],
  ])('--log-output keeps the output of a %s run, which is shown too', async (_, command, code) => {
    const ended = await program.run('run', project(command), '--log-output');
    expect(ended.code).toBe(code);
    expect(ended.out).toContain('one\n');
    expect(ended.err).toContain('two\n');
    const [run] = await runs();
    expect((await artifact(run, 'output.log')).split('\n').sort()).toEqual(['', 'one', 'three', 'two']);
  });

  test('--log-output writes where the artifacts are, when the server does not serve them', async () => {
    await program.end();
    await server.end();
    await start('--no-serve-artifacts');
    expect((await program.run('run', project('echo one'), '--log-output')).code).toBe(0);
    expect(await artifact((await runs())[0], 'output.log')).toBe('one\n');
  });

  test('--run-id continues a run', async () => {
    const made = await client.tracking.createRun({ experimentId: '0' });
    const { runId } = made.info;
    await program.run('run', project('echo $MLFLOW_RUN_ID > out'), '--run-id', runId);
    expect((await runs()).map(({ info }) => [info.runId, info.status])).toEqual([[runId, 'FINISHED']]);
  });

  test('when it is stopped, so is the run', async () => {
    const place = project('sleep 60 & echo $! > pid; wait');
    const child = spawn(process.execPath, [CLI, 'run', place], { stdio: 'ignore' });
    await until(() => fs.existsSync(path.join(place, 'pid')), 'the command');
    child.kill('SIGINT');
    expect(await new Promise((done) => child.once('exit', done))).toBe(130);
    expect((await runs())[0]?.info.status).toBe('KILLED');
  });

  test('when it is killed without a word, the command and the run end nevertheless', async () => {
    const place = project('sleep 60 & echo $! > pid; wait');
    const child = spawn(process.execPath, [CLI, 'run', place], { stdio: 'ignore' });
    const pid = path.join(place, 'pid');
    await until(() => fs.existsSync(pid) && fs.readFileSync(pid, 'utf8') !== '', 'the command');
    child.kill('SIGKILL');
    await until(() => !isRunning(Number(fs.readFileSync(pid, 'utf8'))), 'the end of the command');
    await until(async () => (await runs())[0]?.info.status === 'KILLED', 'the end of the run', 10_000);
  });
});

test('mlflow-workbench environments lists and removes', async () => {
  await program.end();
  const name = `mlflow-${'a'.repeat(40)}`;
  vi.stubEnv('MLFLOW_ENV_ROOT', path.join(server.folder, 'envs'));
  fs.mkdirSync(path.join(server.folder, 'envs', name), { recursive: true });
  program = new Program();
  expect((await program.run('environments')).out).toContain(`envs/${name}  (unfinished, or made by mlflow run)`);
  expect(await program.run('environments', '--remove', 'x')).toMatchObject({ code: 1 });
  expect(await program.run('environments', '--nope')).toMatchObject({ code: 2 });
  expect(await program.run('environments', '--remove-all')).toMatchObject({ code: 0, out: `Removed ${name}\n` });
  expect((await program.run('environments')).out).toContain('There are no environments');
});
