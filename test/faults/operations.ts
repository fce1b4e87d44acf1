import { type Stores, showAll } from './stores.ts';

/** What is there before an operation. */
export interface World {
  readonly experimentId: string;
  readonly goneId: string;
  readonly runId: string;
  readonly endedId: string;
  readonly deletedRunId: string;
  readonly modelId: string;
  readonly overriddenId: string;
  readonly overridingId: string;
}

export interface Operation {
  readonly name: string;
  /** Whether it writes several things of which each is kept for itself, so that a part of them may be done. */
  readonly inParts?: boolean;
  run(stores: Stores, world: World): Promise<unknown>;
}

const SOURCE = { sourceType: 'HUMAN', sourceId: 'me' } as const;
const DATASET = { name: 'd', digest: '1', sourceType: 'local', source: 's', schema: undefined, profile: undefined };
const point = (key: string, value: number, step: number) => ({ key, value, timestamp: 1_000 + step, step });

/** Fills stores with something of every kind. */
export async function makeWorld({ tracking, registry, artifacts }: Stores): Promise<World> {
  const experimentId = await tracking.createExperiment({ name: 'wine', tags: new Map([['team', 'red']]) });
  const goneId = await tracking.createExperiment({ name: 'gone' });
  const run = async (runName: string, id = experimentId) =>
    (await tracking.createRun({ experimentId: id, runName, startTime: 1, tags: new Map([['t', '1']]) })).info.runId;
  const [runId, endedId, deletedRunId] = [await run('live'), await run('ended'), await run('deleted')];
  const metrics = [point('loss', 1, 0), point('loss', 0.5, 1), point('val/acc', 0.1, 0)];
  const params = [{ key: 'p', value: '1' }];
  for (const id of [runId, endedId, deletedRunId]) await tracking.logBatch(id, { metrics, params });
  await tracking.updateRun(endedId, { status: 'FINISHED', endTime: 2 });
  await tracking.deleteRun(deletedRunId);
  await run('of gone', goneId);
  await tracking.deleteExperiment(goneId);
  await tracking.logInputs(runId, [{ dataset: DATASET, tags: new Map() }], []);
  const pairs = new Map([['k', 'v']]);
  const { modelId } = await tracking.createLoggedModel({ experimentId, name: 'lm', params: pairs, tags: pairs });
  await tracking.logBatch(runId, { metrics: [{ ...point('lm', 1, 0), modelId }] });
  await tracking.startTrace({ traceId: 'tr-1', experimentId, requestTime: 1, tags: pairs, metadata: pairs });
  await tracking.startTrace({ traceId: 'tr-2', experimentId, requestTime: 2 });
  const value = { kind: 'feedback', value: 1 } as const;
  const overridden = await tracking.createAssessment('tr-1', { name: 'first', source: SOURCE, value });
  const overrides = overridden.assessmentId;
  const overriding = await tracking.createAssessment('tr-1', { name: 'second', source: SOURCE, value, overrides });
  await registry.createRegisteredModel({ name: 'rm', description: 'd', tags: pairs });
  for (const source of ['s3://b/1', 's3://b/2', 's3://b/3']) {
    await registry.createModelVersion({ name: 'rm', source, tags: pairs });
  }
  await registry.setAlias('rm', 'champion', '1');
  await registry.transitionModelVersionStage('rm', '1', 'Production', false);
  for (const id of [runId, deletedRunId]) {
    const { artifactUri } = (await tracking.getRun(id)).info;
    await artifacts.open(artifactUri).write('a/b.txt', chunks('before'));
  }
  return {
    ...{ experimentId, goneId, runId, endedId, deletedRunId, modelId },
    overriddenId: overridden.assessmentId,
    overridingId: overriding.assessmentId,
  };
}

export async function* chunks(text: string, count = 3): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < count; at++) yield Buffer.from(`${text} ${at}\n`);
}

const artifactsOf = async ({ tracking, artifacts }: Stores, runId: string) =>
  artifacts.open((await tracking.getRun(runId)).info.artifactUri);

const PAIRS = new Map([
  ['x', '1'],
  ['deep/y', '2'],
]);

/** Every operation of the three stores that writes. */
export const OPERATIONS: readonly Operation[] = [
  {
    name: 'log-metric',
    run: ({ tracking }, { runId }) => tracking.logBatch(runId, { metrics: [point('loss', 0.2, 2)] }),
  },
  {
    name: 'log-metric, new',
    run: ({ tracking }, { runId }) => tracking.logBatch(runId, { metrics: [point('new/loss', 0.2, 2)] }),
  },
  {
    name: 'log-metric of a model',
    inParts: true,
    run: ({ tracking }, { runId, modelId }) =>
      tracking.logBatch(runId, { metrics: [{ ...point('loss', 0.2, 2), modelId }] }),
  },
  {
    name: 'log-batch of metrics',
    inParts: true,
    run: ({ tracking }, { runId }) =>
      tracking.logBatch(runId, { metrics: [point('loss', 0.2, 2), point('loss', 0.1, 3), point('z', 1, 0)] }),
  },
  {
    name: 'log-batch',
    inParts: true,
    run: ({ tracking }, { runId }) =>
      tracking.logBatch(runId, {
        metrics: [point('loss', 0.2, 2), point('z', 1, 0)],
        params: [...PAIRS].map(([key, value]) => ({ key, value })),
        tags: [
          { key: 't', value: '2' },
          { key: 'mlflow.runName', value: 'live' },
        ],
      }),
  },
  {
    name: 'log-param',
    run: ({ tracking }, { runId }) => tracking.logBatch(runId, { params: [{ key: 'n/p', value: '3' }] }),
  },
  {
    name: 'set-tag',
    run: ({ tracking }, { runId }) => tracking.logBatch(runId, { tags: [{ key: 't', value: 'new' }] }),
  },
  { name: 'delete-tag', run: ({ tracking }, { runId }) => tracking.deleteTag(runId, 't') },
  {
    name: 'create-run',
    run: ({ tracking }, { experimentId }) =>
      tracking.createRun({ experimentId, runName: 'created', startTime: 1, tags: PAIRS }),
  },
  {
    name: 'update-run',
    inParts: true,
    run: ({ tracking }, { runId }) => tracking.updateRun(runId, { status: 'FINISHED', endTime: 9, runName: 'live' }),
  },
  { name: 'delete-run', run: ({ tracking }, { runId }) => tracking.deleteRun(runId) },
  { name: 'restore-run', run: ({ tracking }, { deletedRunId }) => tracking.restoreRun(deletedRunId) },
  { name: 'purge-run', run: ({ tracking }, { deletedRunId }) => tracking.purgeRun(deletedRunId) },
  {
    name: 'log-inputs',
    inParts: true,
    run: ({ tracking }, { endedId, modelId }) =>
      tracking.logInputs(endedId, [{ dataset: { ...DATASET, digest: '2' }, tags: PAIRS }], [{ modelId }]),
  },
  {
    name: 'log-outputs',
    run: ({ tracking }, { runId, modelId }) => tracking.logOutputs(runId, [{ modelId, step: 1 }]),
  },
  {
    name: 'log-model',
    run: ({ tracking }, { runId }) =>
      tracking.recordModel(runId, '{"artifact_path":"m","flavors":{},"run_id":"r","utc_time_created":"t"}'),
  },
  { name: 'create-experiment', run: ({ tracking }) => tracking.createExperiment({ name: 'created', tags: PAIRS }) },
  {
    name: 'rename-experiment',
    run: ({ tracking }, { experimentId }) => tracking.renameExperiment(experimentId, 'red'),
  },
  { name: 'delete-experiment', run: ({ tracking }, { experimentId }) => tracking.deleteExperiment(experimentId) },
  { name: 'restore-experiment', run: ({ tracking }, { goneId }) => tracking.restoreExperiment(goneId) },
  { name: 'purge-experiment', run: ({ tracking }, { goneId }) => tracking.purgeExperiment(goneId) },
  {
    name: 'set-experiment-tag',
    run: ({ tracking }, { experimentId }) => tracking.setExperimentTag(experimentId, { key: 'team', value: 'blue' }),
  },
  {
    name: 'delete-experiment-tag',
    run: ({ tracking }, { experimentId }) => tracking.deleteExperimentTag(experimentId, 'team'),
  },
  {
    name: 'create-logged-model',
    run: ({ tracking }, { experimentId }) =>
      tracking.createLoggedModel({ experimentId, name: 'created', params: PAIRS, tags: PAIRS }),
  },
  {
    name: 'finalize-logged-model',
    run: ({ tracking }, { modelId }) => tracking.finalizeLoggedModel(modelId, 'LOGGED_MODEL_READY'),
  },
  { name: 'delete-logged-model', run: ({ tracking }, { modelId }) => tracking.deleteLoggedModel(modelId) },
  {
    name: 'set-logged-model-tags',
    inParts: true,
    run: ({ tracking }, { modelId }) =>
      tracking.setLoggedModelTags(
        modelId,
        [...PAIRS].map(([key, value]) => ({ key, value })),
      ),
  },
  { name: 'delete-logged-model-tag', run: ({ tracking }, { modelId }) => tracking.deleteLoggedModelTag(modelId, 'k') },
  {
    name: 'log-logged-model-params',
    inParts: true,
    run: ({ tracking }, { modelId }) => tracking.logLoggedModelParams(modelId, PAIRS),
  },
  {
    name: 'start-trace',
    run: ({ tracking }, { experimentId }) =>
      tracking.startTrace({ traceId: 'tr-9', experimentId, requestTime: 9, tags: PAIRS, metadata: PAIRS }),
  },
  {
    name: 'end-trace',
    inParts: true,
    run: ({ tracking }) => tracking.endTrace('tr-1', { endTime: 5, state: 'OK', tags: PAIRS, metadata: PAIRS }),
  },
  {
    name: 'delete-traces',
    inParts: true,
    run: ({ tracking }, { experimentId }) => tracking.deleteTraces(experimentId, { traceIds: ['tr-1', 'tr-2'] }),
  },
  { name: 'set-trace-tag', run: ({ tracking }) => tracking.setTraceTag('tr-1', { key: 'k', value: 'new' }) },
  { name: 'delete-trace-tag', run: ({ tracking }) => tracking.deleteTraceTag('tr-1', 'k') },
  {
    name: 'create-assessment',
    run: ({ tracking }, { overridingId }) =>
      tracking.createAssessment('tr-1', {
        ...{ name: 'created', source: SOURCE, overrides: overridingId },
        value: { kind: 'feedback', value: 'good' },
      }),
  },
  {
    name: 'update-assessment',
    run: ({ tracking }, { overriddenId }) => tracking.updateAssessment('tr-1', overriddenId, { rationale: 'why' }),
  },
  {
    name: 'delete-assessment',
    run: ({ tracking }, { overridingId }) => tracking.deleteAssessment('tr-1', overridingId),
  },
  {
    name: 'create-registered-model',
    run: ({ registry }) => registry.createRegisteredModel({ name: 'created', tags: PAIRS }),
  },
  { name: 'rename-registered-model', run: ({ registry }) => registry.renameRegisteredModel('rm', 'renamed') },
  { name: 'update-registered-model', run: ({ registry }) => registry.updateRegisteredModel('rm', 'other') },
  { name: 'delete-registered-model', run: ({ registry }) => registry.deleteRegisteredModel('rm') },
  {
    name: 'set-registered-model-tag',
    run: ({ registry }) => registry.setRegisteredModelTag('rm', { key: 'k', value: 'new' }),
  },
  { name: 'delete-registered-model-tag', run: ({ registry }) => registry.deleteRegisteredModelTag('rm', 'k') },
  { name: 'set-alias', run: ({ registry }) => registry.setAlias('rm', 'champion', '2') },
  { name: 'delete-alias', run: ({ registry }) => registry.deleteAlias('rm', 'champion') },
  {
    name: 'create-model-version',
    run: ({ registry }, { runId }) =>
      registry.createModelVersion({ name: 'rm', source: 's3://b/4', runId, tags: PAIRS }),
  },
  { name: 'update-model-version', run: ({ registry }) => registry.updateModelVersion('rm', '1', 'other') },
  {
    name: 'transition-model-version-stage',
    run: ({ registry }) => registry.transitionModelVersionStage('rm', '2', 'Production', true),
  },
  { name: 'delete-model-version', run: ({ registry }) => registry.deleteModelVersion('rm', '1') },
  {
    name: 'set-model-version-tag',
    run: ({ registry }) => registry.setModelVersionTag('rm', '1', { key: 'k', value: 'new' }),
  },
  { name: 'delete-model-version-tag', run: ({ registry }) => registry.deleteModelVersionTag('rm', '1', 'k') },
  {
    name: 'upload-artifact',
    run: async (stores, { runId }) => (await artifactsOf(stores, runId)).write('new/c.txt', chunks('after')),
  },
  {
    name: 'replace-artifact',
    run: async (stores, { runId }) => (await artifactsOf(stores, runId)).write('a/b.txt', chunks('after')),
  },
  // Nothing is remembered wrongly of what could not be read.
  { name: 'reading', run: (stores) => showAll(stores) },
  { name: 'delete-artifacts', run: async (stores, { runId }) => (await artifactsOf(stores, runId)).delete('a') },
];
