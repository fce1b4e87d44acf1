import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, type MlflowClient } from '../../src/client/connect.ts';
import type { Run } from '../../src/entities/run.ts';
import { until } from '../support/until.ts';
import { exitOf, Program } from './program.ts';

/** What a run of the project does, by the value of `x`. */
const COMMAND = 'echo "x is {x}"; echo {x} >> started.txt; if [ {x} = bad ]; then exit 3; fi; sleep {pause}';

describe.skipIf(process.platform === 'win32')('mlflow-workbench sweep', () => {
  let program: Program;
  let project: string;
  let client: MlflowClient;

  beforeEach(async () => {
    program = new Program();
    const { url } = await program.serve();
    client = connect(url);
    program.environment = { MLFLOW_TRACKING_URI: url };
    project = path.join(program.folder, 'wine');
    fs.mkdirSync(project);
    const parameters = '{x: string, pause: {type: float, default: 0}, file: {type: path, default: .}}';
    fs.writeFileSync(
      path.join(project, 'MLproject'),
      `entry_points:\n  main:\n    parameters: ${parameters}\n    command: ${JSON.stringify(COMMAND)}\n`,
    );
  });

  afterEach(() => program.end());

  async function runs(): Promise<{ readonly parent: Run | undefined; readonly children: readonly Run[] }> {
    const experiments = await client.tracking.searchExperiments({});
    const experimentIds = experiments.items.map(({ experimentId }) => experimentId);
    const { items } = await client.tracking.searchRuns({ experimentIds, orderBy: ['attributes.start_time ASC'] });
    const isChild = ({ data }: Run) => data.tags.has('mlflow.parentRunId');
    return { parent: items.find((run) => !isChild(run)), children: items.filter(isChild) };
  }

  test('runs every combination as a child of one parent', async () => {
    const args = ['-P', 'x=a, b', '-P', 'pause=0..0.2 step 0.1', '--jobs', '3', '--run-name', 'grid'];
    const { code, out } = await program.run('sweep', 'wine', ...args, '--experiment-name', 'wine');
    const { parent, children } = await runs();
    expect(code, out).toBe(0);
    expect(parent?.info).toMatchObject({ runName: 'grid', status: 'FINISHED', endTime: expect.any(Number) });
    expect(Object.fromEntries(parent?.data.params ?? [])).toEqual({ x: "'a, b'", pause: "'0..0.2 step 0.1'" });
    expect(Object.fromEntries(parent?.data.tags ?? [])).toMatchObject({
      'mlflow.source.name': project,
      'mlflow.source.type': 'PROJECT',
      'mlflow_workbench.sweep.entryPoint': 'main',
      'mlflow_workbench.sweep.runs': '6',
    });
    expect(parent?.data.tags.has('mlflow.project.entryPoint')).toBe(false);
    expect(children.map(({ info }) => `${info.runName} ${info.status}`).sort()).toEqual([
      'x=a pause=0 FINISHED',
      'x=a pause=0.1 FINISHED',
      'x=a pause=0.2 FINISHED',
      'x=b pause=0 FINISHED',
      'x=b pause=0.1 FINISHED',
      'x=b pause=0.2 FINISHED',
    ]);
    expect(new Set(children.map(({ data }) => data.tags.get('mlflow.parentRunId')))).toEqual(
      new Set([parent?.info.runId]),
    );
    expect(out).toMatch(/^\[4\] x is b$/m);
    expect(out).toContain('=== Sweep grid is FINISHED: 6 of 6 runs finished ===');
  });

  test('goes on when a run fails, and is FAILED in the end', async () => {
    const { code, out } = await program.run('sweep', 'wine', '-P', 'x=bad, good');
    const { parent, children } = await runs();
    expect(code).toBe(1);
    expect(children.map(({ info }) => `${info.runName} ${info.status}`)).toEqual(['x=bad FAILED', 'x=good FINISHED']);
    expect(parent?.info.status).toBe('FAILED');
    expect(out).toContain('1 of 2 runs finished, 1 did not');
  });

  test('has no more runs at a time than it may', async () => {
    const { child } = program.start('sweep', 'wine', '-P', 'x=1..9', '-P', 'pause=60', '--jobs', '2');
    const started = () =>
      fs.existsSync(path.join(project, 'started.txt')) && fs.readFileSync(path.join(project, 'started.txt'), 'utf8');
    await until(() => started() === '1\n2\n' || started() === '2\n1\n', 'two runs', 15_000);
    await new Promise((done) => setTimeout(done, 1_000));
    expect((await runs()).children).toHaveLength(2);
    const ended = exitOf(child);
    child.kill('SIGTERM');
    expect(await ended).toBe(130);
  });

  test('ends all of its runs when it is stopped', async () => {
    const { child, text } = program.start('sweep', 'wine', '-P', 'x=1..5', '-P', 'pause=60', '--jobs', '2');
    await until(async () => (await runs()).children.length === 2, 'two runs', 15_000);
    const ended = exitOf(child);
    child.kill('SIGINT');
    expect(await ended, text()).toBe(130);
    const { parent, children } = await runs();
    expect(children.map(({ info }) => info.status)).toEqual(['KILLED', 'KILLED']);
    expect(parent?.info.status).toBe('KILLED');
  });

  test('ends runs whose program was killed', async () => {
    const { child, text } = program.start('sweep', 'wine', '-P', 'x=1', '-P', 'pause=60');
    await until(async () => (await runs()).children.length === 1, 'the run', 15_000);
    const [pid] = fs.readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ');
    const ended = exitOf(child);
    process.kill(Number(pid), 'SIGKILL');
    expect(await ended, text()).toBe(1);
    const { parent, children } = await runs();
    expect([parent?.info.status, ...children.map(({ info }) => info.status)]).toEqual(['FAILED', 'FAILED']);
  });

  test('leaves nothing behind where not even the first run begins', async () => {
    const { code, out, err } = await program.run('sweep', 'wine', '-P', 'x=a, b', '-P', 'file=missing', '--jobs', '2');
    expect(code).toBe(1);
    expect(err).toContain('The first run did not begin');
    expect(out).toContain('Got value missing for parameter file');
    expect(await runs()).toEqual({ parent: undefined, children: [] });
  });

  test('says what it can do, and what is wrong with a call', async () => {
    expect((await program.run('sweep', '--help')).out).toContain('0.001..1 log 4');
    program.environment = { MLFLOW_TRACKING_URI: '' };
    const { code, err } = await program.run('sweep', 'wine');
    expect([code, err.includes('Set MLFLOW_TRACKING_URI')]).toEqual([2, true]);
  });
});
