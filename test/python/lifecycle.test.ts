import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import { type ServerProcess, startServer } from '../support/serverProcess.ts';
import { hasPython, MLFLOW_VERSIONS, mlflowPython, runProgram } from './environments.ts';

interface Tutorial {
  readonly experiment_id: string;
  readonly run_id: string;
  readonly child_id: string;
  readonly found: readonly string[];
  readonly history: readonly (readonly [number, number])[];
  readonly artifacts: readonly string[];
  readonly text: string;
  readonly downloaded: readonly string[];
  readonly deleted: string;
  readonly versions: readonly (string | number)[];
  readonly changed_param: string;
  readonly unknown_run: string;
  readonly broken: string;
}

interface StoreAsPythonSeesIt {
  readonly experiments: Record<string, { tags: Record<string, string>; runs: Record<string, RunAsPythonSeesIt> }>;
  readonly models: Record<
    string,
    { aliases: Record<string, string>; versions: Record<string, { stage: string; tags: Record<string, string> }> }
  >;
}

interface RunAsPythonSeesIt {
  readonly name: string;
  readonly status: string;
  readonly params: Record<string, string>;
  readonly metrics: Record<string, string>;
  readonly tags: Record<string, string>;
  readonly datasets: readonly string[];
  readonly history: Record<string, readonly (readonly [number, string])[]>;
  readonly artifacts: readonly string[] | null;
}

const FILE_STORE = { MLFLOW_ALLOW_FILE_STORE: 'true' };

let folder: string;
let store: string;
const started: ServerProcess[] = [];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-python-'));
  store = path.join(folder, 'store');
});

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Also ended where a test fails before it does so itself. */
async function start(args: readonly string[] = []): Promise<ServerProcess> {
  const server = await startServer(store, args);
  started.push(server);
  return server;
}

describe.runIf(hasPython()).each(MLFLOW_VERSIONS)('MLflow %s', (version) => {
  test('has its environment', () => {
    expect(fs.existsSync(mlflowPython(version))).toBe(true);
  });

  describe.each(['proxied', 'local', 'plain'])('with %s artifacts', (kind) => {
    const args = () =>
      kind === 'local'
        ? ['--default-artifact-root', pathToFileURL(store).href]
        : kind === 'plain'
          ? ['--no-serve-artifacts']
          : [];

    test('lives its whole life on our server, and reads the directory back', async () => {
      const server = await start(args());
      const uri = server.url.replace('127.0.0.1', 'localhost');
      const said = (await runProgram(version, 'tutorial.py', [uri], { cwd: folder })) as Tutorial;

      expect(said).toMatchObject({
        found: [said.run_id],
        text: 'some text',
        downloaded: ['notes.txt'],
        deleted: 'deleted',
        changed_param: 'INVALID_PARAMETER_VALUE',
        unknown_run: 'RESOURCE_DOES_NOT_EXIST',
        broken: 'FAILED',
      });
      expect(said.versions.map(Number)).toEqual([1, 2]);
      expect(said.history).toHaveLength(120);
      expect(said.history[119]).toEqual([119, 1 / 120]);
      expect(said.artifacts).toEqual(expect.arrayContaining(['deep', 'dict.json', 'notes.txt', 'plots', 'text']));

      const { tracking, registry } = connect(server.url);
      const run = await tracking.getRun(said.run_id);
      expect(run.info).toMatchObject({ runName: 'first', status: 'FINISHED' });
      expect(run.data.metrics.get('nan')?.value).toBeNaN();
      expect(run.data.metrics.get('inf')?.value).toBe(Infinity);
      expect(run.datasetInputs.map(({ dataset }) => dataset.name)).toEqual(['tiny']);
      expect((await tracking.getRun(said.child_id)).data.tags.get('mlflow.parentRunId')).toBe(said.run_id);
      const model = await registry.getRegisteredModel('RandomForestModel');
      expect(model.aliases.get('champion')).toBe('1');
      expect(await server.stop()).toBe(0);

      const seen = (await runProgram(version, 'read_store.py', [store], {
        environment: FILE_STORE,
      })) as StoreAsPythonSeesIt;
      const experiment = seen.experiments.my_first_experiment;
      expect(experiment?.tags).toMatchObject({ team: 'blue' });
      expect(experiment?.runs[said.run_id]).toMatchObject({
        name: 'first',
        status: 'FINISHED',
        params: { param1: '5', alpha: '0.5', note: 'naïve – 日本' },
        metrics: { metric1: '0.85', 'val/acc': '0.5', nan: 'nan' },
        tags: { stage: 'dev' },
        datasets: ['tiny'],
        artifacts: kind !== 'proxied' ? expect.arrayContaining(['deep', 'notes.txt']) : null,
      });
      expect(experiment?.runs[said.run_id]?.history.loss).toHaveLength(120);
      expect(seen.models.RandomForestModel).toMatchObject({
        aliases: { champion: expect.anything() },
        versions: { 1: { stage: 'Staging', tags: { checked: 'yes' } }, 2: { stage: 'None' } },
      });
    });
  });

  test('sees nothing of what is purged, also while that is being removed', async () => {
    const server = await start();
    const { tracking } = connect(server.url);
    const experimentId = await tracking.createExperiment({ name: 'kept' });
    const make = async () => (await tracking.createRun({ experimentId })).info.runId;
    const [gone, going, kept] = [await make(), await make(), await make()];
    for (const runId of [gone, going]) await tracking.deleteRun(runId);
    await tracking.purgeRun(gone);
    expect(await server.stop()).toBe(0);
    // As a process leaves it that is killed right after it took a run away.
    const grave = path.join(store, '.purged.trash', 'run-1');
    fs.mkdirSync(grave, { recursive: true });
    fs.renameSync(path.join(store, experimentId, going), path.join(grave, going));
    const seen = (await runProgram(version, 'read_store.py', [store], {
      environment: FILE_STORE,
    })) as StoreAsPythonSeesIt;
    expect(Object.keys(seen.experiments).sort()).toEqual(['Default', 'kept']);
    expect(Object.keys(seen.experiments.kept?.runs ?? {})).toEqual([kept]);
  });

  test('writes a directory that we show, also while our server runs', async () => {
    const environment = FILE_STORE;
    const before = (await runProgram(version, 'write_store.py', [store], { environment })) as Tutorial;
    const server = await start();
    const { tracking, registry } = connect(server.url);

    const run = await tracking.getRun(before.run_id);
    expect(run.info).toMatchObject({ runName: 'direct', status: 'FINISHED' });
    expect(Object.fromEntries(run.data.params)).toEqual({ alpha: '1e5' });
    expect(run.data.tags.get('owner')).toBe('ömer');
    expect(run.data.metrics.get('loss')).toMatchObject({ value: 1, step: 9 });
    // MLflow 3 logs the last point once more, with the model that was logged after it.
    const { items } = await tracking.getMetricHistory(before.run_id, 'loss');
    expect(new Set(items.map(({ step }) => step)).size).toBe(10);
    const model = await registry.getModelVersionByAlias('direct model', 'champion');
    expect(model).toMatchObject({ version: '1', runId: before.run_id });

    const after = (await runProgram(version, 'write_store.py', [store], { environment })) as Tutorial;
    const page = await tracking.searchRuns({ experimentIds: [after.experiment_id] });
    expect(page.items.map(({ info }) => info.runId)).toEqual([after.run_id, before.run_id]);
    await server.stop();
  });

  test('trains the sample from a plain Python', async () => {
    const server = await start();
    const sample = path.join(import.meta.dirname, '../../samples/elasticnet');
    await runProgram(version, 'run_sample.py', [sample, '0.3'], {
      cwd: folder,
      environment: { MLFLOW_TRACKING_URI: server.url, ELASTICNET_PAUSE: '0' },
    });
    const { tracking } = connect(server.url);
    const experiments = await tracking.searchExperiments({});
    const runs = await tracking.searchRuns({ experimentIds: experiments.items.map((e) => e.experimentId) });
    const [run] = runs.items;
    expect(run?.info.status).toBe('FINISHED');
    expect(run?.data.params.get('alpha')).toBe('0.3');
    const history = await tracking.getMetricHistory(run?.info.runId ?? '', 'rmse');
    expect(history.items.length).toBeGreaterThanOrEqual(100);
    await server.stop();
  });
});
