import type { RegistryStore } from '../../src/registry/store.ts';
import type { TrackingStore } from '../../src/tracking/store.ts';

/** Texts that YAML, file systems and other programs like to change. */
const TRICKY = [
  '1e5',
  '0o17',
  'null',
  '~',
  '2024-01-01',
  'yes',
  'a\nb',
  '😀',
  ' blanks ',
  '\'quoted\' "twice"',
  '# no',
  '',
];

/** Writes one of everything that a store can hold. */
export async function writeEverything(tracking: TrackingStore, registry: RegistryStore): Promise<void> {
  const experimentId = await tracking.createExperiment({ name: 'ours: größe 精', tags: pairs('a/b') });
  await tracking.renameExperiment(await tracking.createExperiment({ name: 'ours before' }), 'ours after');
  const gone = await tracking.createExperiment({ name: 'ours gone' });
  await tracking.createRun({ experimentId: gone, runName: 'of the deleted', startTime: 1 });
  await tracking.deleteExperiment(gone);

  const runIds: string[] = [];
  for (const [at, status] of (['RUNNING', 'FINISHED', 'FAILED', 'KILLED', 'SCHEDULED'] as const).entries()) {
    const { info } = await tracking.createRun({
      experimentId,
      runName: `run ${status}`,
      startTime: 1_000 + at,
      userId: 'me',
    });
    runIds.push(info.runId);
    const point = { key: 'loss', timestamp: 5, step: 0 };
    await tracking.logBatch(info.runId, {
      metrics: [
        ...Array.from({ length: 5 }, (_, step) => ({ ...point, value: 1 / (step + 1), step })),
        ...[Number.NaN, Infinity, -Infinity, 1e300, 0.1, -0].map((value, step) => ({
          ...point,
          key: 'deep/er/odd',
          value,
          step,
        })),
        { ...point, key: 'twice', value: 1 },
        { ...point, key: 'twice', value: 1 },
        { ...point, key: 'far', value: 1, timestamp: 9_007_199_254_740_993n, step: -9_223_372_036_854_775_808n },
      ],
      params: TRICKY.map((value, place) => ({ key: `p/${place}`, value })),
      tags: TRICKY.map((value, place) => ({ key: `t ${place}`, value })),
    });
    const endTime = status === 'RUNNING' ? undefined : 9_000 + at;
    await tracking.updateRun(info.runId, { status, endTime });
  }
  const [first = '', second = ''] = runIds;
  await tracking.deleteRun(second);
  const dataset = {
    name: 'tiny',
    digest: '12345e67',
    sourceType: 'local',
    source: '{"uri": "x"}',
    schema: undefined,
    profile: '{"rows": 3}',
  };
  await tracking.logInputs(first, [{ dataset, tags: new Map([['mlflow.data.context', 'training']]) }], []);
  await models(tracking, experimentId, first);
  await traces(tracking, experimentId);
  await versions(registry, first, (await tracking.getRun(first)).info.artifactUri);
}

function pairs(key: string): ReadonlyMap<string, string> {
  return new Map([
    ['plain', 'value'],
    [key, '1e5'],
  ]);
}

async function models(tracking: TrackingStore, experimentId: string, runId: string): Promise<void> {
  const model = await tracking.createLoggedModel({
    experimentId,
    name: 'größe',
    modelType: 'agent',
    sourceRunId: runId,
    params: pairs('p/q'),
    tags: pairs('t/u'),
  });
  await tracking.finalizeLoggedModel(model.modelId, 'LOGGED_MODEL_READY');
  const metric = { key: 'f1', value: 0.75, timestamp: 7, step: 3, modelId: model.modelId };
  await tracking.logBatch(runId, { metrics: [metric] });
  await tracking.logOutputs(runId, [{ modelId: model.modelId, step: 3 }]);
  const unwanted = await tracking.createLoggedModel({ experimentId, name: 'unwanted' });
  await tracking.deleteLoggedModel(unwanted.modelId);
}

async function traces(tracking: TrackingStore, experimentId: string): Promise<void> {
  // Begun through the older API, so that MLflow 2 reads it too; what it cannot read is a trace of MLflow 3.
  const { traceId } = await tracking.startTrace({
    experimentId,
    requestTime: 1_795_423_775_631,
    metadata: pairs('mlflow.traceInputs'),
    tags: pairs('mlflow.traceName'),
  });
  await tracking.endTrace(traceId, { endTime: 1_795_423_775_931, state: 'OK' });
}

/** What only MLflow 3 can read. */
export async function writeNewerTrace(tracking: TrackingStore): Promise<void> {
  const { traceId } = await tracking.startTrace({
    traceId: `tr-${'1'.repeat(32)}`,
    experimentId: '0',
    requestTime: 1_795_423_775_000,
    executionDuration: 12,
    state: 'ERROR',
    requestPreview: '{"q": "größe\\n"}',
    clientRequestId: '1e5',
    metadata: pairs('user id'),
    tags: pairs('mlflow.traceName'),
  });
  const source = { sourceType: 'HUMAN', sourceId: 'me' } as const;
  const values = [true, 0.5, '1e5', ['a', null, { b: 1.5 }]];
  for (const [at, value] of values.entries()) {
    await tracking.createAssessment(traceId, {
      name: `f${at}`,
      source,
      value: { kind: 'feedback', value },
      rationale: 'null',
    });
    // MLflow 3.17 loses expected lists when it migrates, also those that it has written itself.
    if (Array.isArray(value)) continue;
    await tracking.createAssessment(traceId, { name: `e${at}`, source, value: { kind: 'expectation', value } });
  }
}

async function versions(registry: RegistryStore, runId: string, artifacts: string): Promise<void> {
  await registry.createRegisteredModel({ name: 'our größe', description: 'two\nlines', tags: pairs('tricky') });
  for (const stage of ['None', 'Staging', 'Production', 'Archived'] as const) {
    const source = `${artifacts}/model`;
    const made = await registry.createModelVersion({
      name: 'our größe',
      source,
      runId,
      description: stage,
      tags: pairs('k'),
    });
    if (stage !== 'None') await registry.transitionModelVersionStage('our größe', made.version, stage, false);
  }
  await registry.setAlias('our größe', 'champion', '2');
  await registry.deleteModelVersion('our größe', '4');
  await registry.createRegisteredModel({ name: 'our empty one' });
}
