import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDebugRun } from '../../../src/runner/debug/debugRun.ts';
import { endDebugRun } from '../../../src/runner/debug/endDebugRun.ts';
import { type FileTrackingStore, openFileTrackingStore } from '../../../src/tracking/file/fileTrackingStore.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporaryFolder.ts';

let folder: TemporaryFolder;
let store: FileTrackingStore;

beforeEach(async () => {
  folder = temporaryFolder();
  store = await openFileTrackingStore({ root: folder.join('store') });
});

afterEach(async () => {
  await store.close();
  folder[Symbol.dispose]();
});

function start(command: string, parameters: ReadonlyMap<string, string> = new Map()) {
  const text = `entry_points:\n  main:\n    parameters: {a: {type: float, default: 0.5}}\n    command: ${JSON.stringify(command)}\n`;
  folder.write('wine/MLproject', text);
  return startDebugRun({
    folder: folder.join('wine'),
    entryPoint: 'main',
    parameters,
    experimentName: 'wine',
    tracking: store,
    say: () => undefined,
    signal: new AbortController().signal,
  });
}

async function runs() {
  const experiments = await store.searchExperiments({});
  const experimentIds = experiments.items.map(({ experimentId }) => experimentId);
  return (await store.searchRuns({ experimentIds })).items;
}

describe('a run for a debugger', () => {
  test('is recorded as any run of the entry point, and tells what to start', async () => {
    const started = await start('SEED=1 python train.py {a}', new Map([['b', 'x y']]));
    const [run] = await runs();
    expect(run?.info).toMatchObject({ runId: started.runId, status: 'RUNNING' });
    expect(Object.fromEntries(run?.data.params ?? [])).toEqual({ a: '0.5', b: "'x y'" });
    expect(Object.fromEntries(run?.data.tags ?? [])).toMatchObject({
      'mlflow.source.name': folder.join('wine'),
      'mlflow.source.type': 'PROJECT',
      'mlflow.project.entryPoint': 'main',
      'mlflow.project.backend': 'local',
    });
    expect(started.target.start).toEqual({ program: 'train.py' });
    expect(started.target.arguments).toEqual(['0.5', '--b', 'x y']);
    expect(started.environment).toEqual({
      SEED: '1',
      MLFLOW_RUN_ID: started.runId,
      MLFLOW_EXPERIMENT_ID: run?.info.experimentId,
    });
    expect(started.python).toBeUndefined();
  });

  test('is not made for a command that is no single Python program', async () => {
    await expect(start('python a.py && python b.py')).rejects.toThrow('cannot be debugged');
    expect(await runs()).toEqual([]);
  });

  test('ends as it is told, unless its program has ended it', async () => {
    const first = await start('python train.py');
    await endDebugRun(store, first.runId, 'KILLED');
    await endDebugRun(store, first.runId, 'FINISHED');
    expect((await store.getRun(first.runId)).info).toMatchObject({ status: 'KILLED', endTime: expect.any(Number) });
  });
});
