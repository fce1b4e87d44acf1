import { describe, expect, test } from 'vitest';
import type { LoggedModel } from '../../../src/entities/loggedModel.ts';
import type { ModelVersion, RegisteredModel } from '../../../src/entities/registeredModel.ts';
import { artifactRow } from '../../../src/views/tree/artifactRow.ts';
import { experimentRow, experimentTooltip } from '../../../src/views/tree/experimentRow.ts';
import { loggedModelRow, recordedModelRow } from '../../../src/views/tree/modelRow.ts';
import { modelVersionRow, registeredModelRow } from '../../../src/views/tree/registeredModelRow.ts';
import { metricRow, metricsRow, metricTooltip, parameterRow } from '../../../src/views/tree/runDetailRows.ts';
import { problemsRow, serverRow, storeRow } from '../../../src/views/tree/storeRow.ts';
import { metric, NOON, run } from '../sampleRun.ts';

const EXPERIMENT = {
  experimentId: '1',
  name: 'elasticnet',
  artifactLocation: 'file:///store/1',
  lifecycleStage: 'active',
  creationTime: NOON,
  lastUpdateTime: NOON,
  tags: new Map(),
} as const;

const VERSION: ModelVersion = {
  name: 'Wine',
  version: '3',
  creationTimestamp: NOON,
  lastUpdatedTimestamp: NOON,
  userId: undefined,
  currentStage: 'None',
  description: '',
  source: 'models:/m-1',
  runId: '0123456789abcdef0123456789abcdef',
  runLink: undefined,
  modelId: 'm-1',
  status: 'READY',
  statusMessage: undefined,
  tags: new Map(),
  aliases: ['champion'],
};

const REGISTERED: RegisteredModel = {
  name: 'Wine',
  creationTimestamp: NOON,
  lastUpdatedTimestamp: NOON,
  description: '',
  latestVersions: [VERSION],
  tags: new Map(),
  aliases: new Map(),
};

const LOGGED: LoggedModel = {
  modelId: 'm-1',
  experimentId: '1',
  name: 'model',
  creationTimestamp: NOON,
  lastUpdatedTimestamp: NOON,
  artifactUri: 'file:///store/1/models/m-1/artifacts',
  status: 'LOGGED_MODEL_READY',
  statusMessage: undefined,
  modelType: '',
  sourceRunId: undefined,
  lifecycleStage: 'active',
  tags: new Map(),
  params: new Map(),
  metrics: [],
};

describe('stores and servers', () => {
  test('a store names its server as one types it', () => {
    expect(storeRow('wine · .mlflow', 'http://127.0.0.1:5000')).toMatchObject({ description: '127.0.0.1:5000' });
  });

  test('a failed server says why in one line and can be started', () => {
    const row = serverRow({ folder: 'wine', kind: 'failed', message: 'port in use\n  at listen' });
    expect(row.description).toBe('Tracking server failed: port in use');
    expect(row.words).toContain('startable');
  });

  test('a starting server cannot be started', () => {
    expect(serverRow({ folder: 'wine', kind: 'starting' }).words).not.toContain('startable');
  });

  test('problems are counted', () => {
    const problem = { path: '1/meta.yaml', message: 'not YAML' };
    expect(problemsRow([problem]).label).toBe('1 file could not be read');
    expect(problemsRow([problem, problem]).label).toBe('2 files could not be read');
  });
});

describe('experiments', () => {
  test('count the runs that have been read, and say when there are more', () => {
    expect(experimentRow(EXPERIMENT, undefined, false).description).toBeUndefined();
    expect(experimentRow(EXPERIMENT, { loaded: 1, more: false }, false).description).toBe('1 run');
    expect(experimentRow(EXPERIMENT, { loaded: 200, more: true }, false).description).toBe('200+ runs');
  });

  test('count all runs where the server tells how many there are', () => {
    expect(experimentRow(EXPERIMENT, { loaded: 200, more: true, total: 10_000 }, true).description).toBe('10,000 runs');
  });

  test('say how far it is while the server reads them, and can be open without any', () => {
    const reading = { done: 3_400, total: 10_000 };
    const row = experimentRow(EXPERIMENT, { loaded: 0, more: false, total: 0, reading }, true);
    expect(row).toMatchObject({ description: 'reading 3,400 of 10,000…', expansion: 'expanded' });
  });

  test('cannot be opened when there is nothing in them', () => {
    expect(experimentRow(EXPERIMENT, { loaded: 0, more: false }, true).expansion).toBe('none');
    expect(experimentRow(EXPERIMENT, undefined, false).expansion).toBe('collapsed');
  });

  test('say that they are deleted, and what they take then', () => {
    const deleted = { ...EXPERIMENT, lifecycleStage: 'deleted' } as const;
    expect(experimentRow(deleted, { loaded: 2, more: false }, false)).toMatchObject({
      description: 'deleted · 2 runs',
      words: expect.arrayContaining(['experiment', 'deleted']),
    });
    expect(experimentRow(EXPERIMENT, undefined, false).words).toContain('active');
    expect(experimentTooltip(deleted, 3 * 1024 ** 2)).toMatch(/On disk.*3 MB/);
  });

  test('have id and artifact location in the tooltip', () => {
    expect(experimentTooltip(EXPERIMENT)).toMatch(/Artifacts.*store\/1/);
  });
});

describe('what a run logged', () => {
  test('a metric shows four digits and its step, its tooltip all digits', () => {
    const rmse = metric('rmse', 0.71304123, 88);
    expect(metricRow(rmse).description).toBe('0.713 · step 88');
    expect(metricRow(metric('rmse', 2)).description).toBe('2');
    expect(metricTooltip(rmse)).toContain('0\\.71304123');
  });

  test('the folder of metrics counts them and shows the main one', () => {
    const row = metricsRow(run({ metrics: [metric('a', 1), metric('rmse', 0.5)] }));
    expect(row.description).toBe('2 · rmse 0.5');
  });

  test('a parameter stays on one line', () => {
    expect(parameterRow('layers', '[1,\n  2]').description).toBe('[1, 2]');
  });

  test('a file shows its size, a folder that holds a model can be registered', () => {
    expect(artifactRow({ path: 'plots/roc.png', isDir: false, fileSize: 2048 }, false)).toMatchObject({
      label: 'roc.png',
      description: '2 KB',
      expansion: 'none',
    });
    expect(artifactRow({ path: 'model', isDir: true, fileSize: undefined }, true).words).toContain('registrable');
    expect(artifactRow({ path: 'plots', isDir: true, fileSize: undefined }, false).words).not.toContain('registrable');
  });
});

describe('models', () => {
  test('say what they are registered as', () => {
    expect(loggedModelRow(LOGGED, [VERSION]).description).toBe('registered as Wine v3');
    const recorded = { path: 'model', flavors: ['sklearn'], modelUuid: undefined };
    expect(recordedModelRow(recorded, [VERSION]).description).toBe('sklearn · registered as Wine v3');
  });

  test('one whose upload failed cannot be registered', () => {
    const row = loggedModelRow({ ...LOGGED, status: 'LOGGED_MODEL_UPLOAD_FAILED' }, []);
    expect(row).toMatchObject({ description: 'upload failed', words: ['model'] });
  });

  test('a registered model shows its aliases, else its newest version', () => {
    expect(registeredModelRow(REGISTERED).description).toBe('v3');
    expect(registeredModelRow({ ...REGISTERED, latestVersions: [] }).description).toBe('no versions');
    const aliases = new Map([['champion', '3']]);
    expect(registeredModelRow({ ...REGISTERED, aliases }).description).toBe('@champion v3');
  });

  test('a version shows aliases, stage, main metric, source run and age', () => {
    const source = run({ metrics: [metric('rmse', 0.713)] });
    const row = modelVersionRow({ ...VERSION, currentStage: 'Staging' }, source, NOON + 7_200_000);
    expect(row).toMatchObject({
      label: 'v3',
      description: '@champion · Staging · rmse 0.713 · bold-wolf-312 · 2 h ago',
      words: ['modelVersion', 'fromRun'],
    });
    expect(modelVersionRow({ ...VERSION, runId: undefined }, undefined, NOON).words).toEqual(['modelVersion']);
  });
});
