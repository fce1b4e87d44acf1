import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunOptions, runEntryPoint } from '../../src/runner/runEntryPoint.ts';
import { type FileTrackingStore, openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { isRunning } from '../support/isRunning.ts';
import { until } from '../support/until.ts';

let folder: string;
let store: FileTrackingStore;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'runner-'));
  store = await openFileTrackingStore({ root: path.join(folder, 'store') });
});

afterEach(async () => {
  await store.close();
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function writeProject(command: string, parameters = '{}'): string {
  const project = path.join(folder, 'project');
  fs.mkdirSync(project);
  const text = `name: wine\nentry_points:\n  main:\n    parameters: ${parameters}\n    command: ${JSON.stringify(command)}\n`;
  fs.writeFileSync(path.join(project, 'MLproject'), text);
  return project;
}

function options(uri: string, more: Partial<RunOptions> = {}): RunOptions {
  return {
    uri,
    parameters: new Map(),
    tracking: store,
    trackingUri: 'http://127.0.0.1:1',
    experiment: { name: 'wine' },
    say: () => undefined,
    signal: new AbortController().signal,
    ...more,
  };
}

/** The runs of all experiments. */
async function runs() {
  const { items } = await store.searchExperiments({});
  return (await store.searchRuns({ experimentIds: items.map(({ experimentId }) => experimentId) })).items;
}

describe.skipIf(process.platform === 'win32')('running an entry point', () => {
  test('records what mlflow run records, and tells the command where it belongs', async () => {
    const uri = writeProject(
      'echo "$MLFLOW_RUN_ID $MLFLOW_EXPERIMENT_ID $MLFLOW_TRACKING_URI {a}" > out.txt',
      '{a: {type: float, default: 0.5}}',
    );
    const { run, status } = await runEntryPoint(
      options(uri, { runName: 'first', parameters: new Map([['b', 'x y']]) }),
    );
    expect(status).toBe('FINISHED');

    const after = await store.getRun(run.info.runId);
    expect(after.info).toMatchObject({ runName: 'first', status: 'FINISHED', endTime: expect.any(Number) });
    expect(Object.fromEntries(after.data.params)).toEqual({ a: '0.5', b: "'x y'" });
    expect(Object.fromEntries(after.data.tags)).toMatchObject({
      'mlflow.source.type': 'PROJECT',
      'mlflow.source.name': uri,
      'mlflow.project.entryPoint': 'main',
      'mlflow.project.backend': 'local',
      'mlflow.user': os.userInfo().username,
    });
    const said = fs.readFileSync(path.join(uri, 'out.txt'), 'utf8');
    expect(said).toBe(`${run.info.runId} ${run.info.experimentId} http://127.0.0.1:1 0.5 --b x y\n`);
  });

  test('a command that fails leaves a FAILED run with its exit code', async () => {
    const { status, exitCode } = await runEntryPoint(options(writeProject('exit 3')));
    expect({ status, exitCode }).toEqual({ status: 'FAILED', exitCode: 3 });
    expect((await runs()).map(({ info }) => info.status)).toEqual(['FAILED']);
  });

  test('a stop ends the command and all that it started, and the run is KILLED', async () => {
    const uri = writeProject('sleep 60 & echo $! > child.pid; wait');
    const abort = new AbortController();
    const running = runEntryPoint(options(uri, { signal: abort.signal }));
    const file = path.join(uri, 'child.pid');
    while (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') === '')
      await new Promise((done) => setTimeout(done, 20));
    abort.abort();
    expect((await running).status).toBe('KILLED');
    const pid = Number(fs.readFileSync(file, 'utf8'));
    await until(() => !isRunning(pid), 'the end of the child');
  });

  test('a run that the command has ended by itself stays as it is', async () => {
    const uri = writeProject('sleep 0.3');
    const running = runEntryPoint(options(uri));
    await until(async () => (await runs()).length > 0, 'the run');
    const [run] = await runs();
    await store.updateRun(run?.info.runId ?? '', { status: 'FAILED', endTime: 1 });
    expect((await running).status).toBe('FAILED');
  });

  test('a command that fails after it has finished its run has not finished it', async () => {
    const uri = writeProject('sleep 0.3; exit 1');
    const running = runEntryPoint(options(uri));
    await until(async () => (await runs()).length > 0, 'the run');
    const [run] = await runs();
    await store.updateRun(run?.info.runId ?? '', { status: 'FINISHED', endTime: 1 });
    expect((await running).status).toBe('FAILED');
  });

  test('more params than go into one request are logged', async () => {
    const parameters = new Map(Array.from({ length: 205 }, (_, at) => [`p${at}`, String(at)] as const));
    const { run } = await runEntryPoint(options(writeProject('true'), { parameters }));
    expect((await store.getRun(run.info.runId)).data.params.size).toBe(205);
  });

  test('runs of a git repository know their commit, and no password of its remote', async () => {
    const uri = writeProject('true');
    const git = (...args: string[]) =>
      spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: uri });
    git('init');
    git('add', '.');
    git('commit', '-m', 'x');
    git('remote', 'add', 'origin', 'https://me:secret@example.org/x.git');
    const { run } = await runEntryPoint(options(uri));
    const tags = (await store.getRun(run.info.runId)).data.tags;
    expect(tags.get('mlflow.source.git.commit')).toMatch(/^[0-9a-f]{40}$/);
    expect(tags.get('mlflow.source.git.repoURL')).toBe('https://example.org/x.git');
  });

  test.each([
    ['an unknown entry point', { entryPoint: 'nope' }, 'Could not find nope'],
    ['a missing folder', { uri: '/nowhere/at/all' }, 'Could not find the project folder'],
    ['name and id at once', { experiment: { name: 'a', id: '0' } }, 'Specify only one'],
  ])('%s leaves no run behind', async (_, more, message) => {
    await expect(runEntryPoint(options(writeProject('true'), more))).rejects.toThrow(message);
    expect(await runs()).toEqual([]);
  });

  test('a missing value leaves no run behind', async () => {
    await expect(runEntryPoint(options(writeProject('x {a}', '{a: float}')))).rejects.toThrow('missing parameters');
    expect(await runs()).toEqual([]);
  });

  test('a script of the folder is an entry point, too', async () => {
    const uri = writeProject('true');
    fs.writeFileSync(path.join(uri, 'step.sh'), 'echo done > step.txt\n');
    await runEntryPoint(options(uri, { entryPoint: 'step.sh' }));
    expect(fs.readFileSync(path.join(uri, 'step.txt'), 'utf8')).toBe('done\n');
  });
});
