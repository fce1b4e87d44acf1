import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, type MlflowClient } from '../../src/client/connect.ts';
import { type Listening, listen } from '../../src/server/listen.ts';
import { type FileServer, openFileServer } from '../server/fileServer.ts';

/** What is written through the client is read through it as the store itself tells it. */
describe.each(['in process', 'over a socket'])('%s', (way) => {
  let server: FileServer;
  let listening: Listening | undefined;
  let client: MlflowClient;

  beforeEach(async () => {
    server = await openFileServer();
    listening = way === 'over a socket' ? await listen(server.app, { host: '127.0.0.1', port: 0 }) : undefined;
    client = listening ? connect(listening.url) : connect('http://localhost', { fetch: server.fetch });
  });
  afterEach(async () => {
    await listening?.close();
    expect(server.defects).toEqual([]);
    await server[Symbol.asyncDispose]();
  });

  const pairs = new Map([
    ['key', 'value'],
    ['empty', ''],
    ['日本/ö.x', 'naïve – 日本\n"\\'],
  ]);

  test('experiments', async () => {
    const [tracking, store] = [client.tracking, server.parts.tracking];
    const id = await tracking.createExperiment({ name: 'a/b c', tags: pairs, artifactLocation: 's3://bucket/a' });
    expect(await tracking.getExperiment(id)).toEqual(await store.getExperiment(id));
    expect((await tracking.getExperiment(id)).tags).toEqual(pairs);
    expect(await tracking.getExperimentByName('a/b c')).toEqual(await store.getExperiment(id));
    expect(await tracking.getExperimentByName('none')).toBeUndefined();
    await tracking.renameExperiment(id, 'new');
    await tracking.setExperimentTag(id, { key: 'more', value: '1' });
    await tracking.deleteExperimentTag(id, 'key');
    await tracking.deleteExperiment(id);
    expect(await tracking.getExperiment(id)).toEqual(await store.getExperiment(id));
    expect((await tracking.getExperiment(id)).lifecycleStage).toBe('deleted');
    await tracking.restoreExperiment(id);

    await tracking.createExperiment({ name: 'second' });
    const search = { filter: "name != 'x'", orderBy: ['name DESC'], maxResults: 2 } as const;
    const first = await tracking.searchExperiments(search);
    expect(first).toEqual(await store.searchExperiments(search));
    const rest = await tracking.searchExperiments({ ...search, pageToken: first.nextPageToken });
    expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(['second', 'new', 'Default']);
    expect(rest.nextPageToken).toBeUndefined();
    expect((await tracking.searchExperiments({ viewType: 'DELETED_ONLY' })).items).toEqual([]);
    await expect(tracking.getExperiment('77')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    await expect(tracking.createExperiment({ name: 'new' })).rejects.toMatchObject({ code: 'RESOURCE_ALREADY_EXISTS' });
  });

  test('runs and all that they log', async () => {
    const [tracking, store] = [client.tracking, server.parts.tracking];
    const run = await tracking.createRun({ experimentId: '0', userId: 'me', runName: 'n', startTime: 5, tags: pairs });
    const { runId } = run.info;
    expect(run).toEqual(await store.getRun(runId));
    const { modelId } = await tracking.createLoggedModel({ experimentId: '0', name: 'm', sourceRunId: runId });
    await tracking.logBatch(runId, {
      metrics: [
        { key: 'nan', value: Number.NaN, timestamp: 1, step: 0 },
        { key: 'inf', value: -Infinity, timestamp: 1, step: -3 },
        { key: 'pi', value: Math.PI, timestamp: 1_700_000_000_000, step: 9007199254740993n },
        { key: 'tiny', value: 5e-324, timestamp: 0, step: 0 },
      ],
      params: [...pairs].map(([key, value]) => ({ key, value })),
      tags: [{ key: 'more', value: 'x' }],
    });
    await tracking.deleteTag(runId, 'key');
    const dataset = {
      name: 'd',
      digest: 'x',
      sourceType: 'local',
      source: '{}',
      schema: '{"a":1}',
      profile: undefined,
    };
    await tracking.logInputs(runId, [{ dataset, tags: new Map([['mlflow.data.context', 'training']]) }], [{ modelId }]);
    await tracking.logOutputs(runId, [{ modelId, step: 9007199254740993n }]);
    await tracking.updateRun(runId, { runName: 'renamed', status: 'FINISHED', endTime: 99 });
    const found = await tracking.getRun(runId);
    expect(found).toEqual(await store.getRun(runId));
    expect(found.data.metrics.get('pi')).toMatchObject({ value: Math.PI, step: 9007199254740993n });
    expect(found.modelOutputs).toEqual([{ modelId, step: 9007199254740993n }]);

    const search = { experimentIds: ['0'], filter: 'metrics.pi > 3', orderBy: ['metrics.pi DESC'] };
    expect(await tracking.searchRuns(search)).toEqual(await store.searchRuns(search));
    expect((await tracking.searchRuns({ experimentIds: [] })).items).toEqual([]);
    await tracking.deleteRun(runId);
    expect((await tracking.searchRuns({ experimentIds: ['0'], viewType: 'DELETED_ONLY' })).items).toHaveLength(1);
    await tracking.restoreRun(runId);
    expect((await tracking.getRun(runId)).info.lifecycleStage).toBe('active');
    await expect(tracking.getRun('0'.repeat(32))).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    await expect(tracking.deleteTag(runId, 'none')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });

  test('metric histories, whole and in pages', async () => {
    const [tracking, store] = [client.tracking, server.parts.tracking];
    const { info } = await tracking.createRun({ experimentId: '0' });
    const metrics = Array.from({ length: 500 }, (_, step) => ({
      key: 'm',
      value: 1 / (step + 1),
      timestamp: step,
      step,
    }));
    await tracking.logBatch(info.runId, { metrics });
    const whole = await tracking.getMetricHistory(info.runId, 'm');
    expect(whole).toEqual(await store.getMetricHistory(info.runId, 'm'));
    expect(whole.items.map(({ step }) => step)).toEqual(metrics.map(({ step }) => step));
    const first = await tracking.getMetricHistory(info.runId, 'm', { maxResults: 300 });
    const second = await tracking.getMetricHistory(info.runId, 'm', {
      maxResults: 300,
      pageToken: first.nextPageToken,
    });
    expect([...first.items, ...second.items]).toEqual(whole.items);
    expect((await tracking.getMetricHistory(info.runId, 'none')).items).toEqual([]);
  });

  test('logged models', async () => {
    const [tracking, store] = [client.tracking, server.parts.tracking];
    const model = await tracking.createLoggedModel({
      experimentId: '0',
      name: 'm',
      modelType: 'regressor',
      params: pairs,
      tags: pairs,
    });
    const { modelId } = model;
    expect(model).toEqual(await store.getLoggedModel(modelId));
    await tracking.setLoggedModelTags(modelId, [{ key: 'more', value: '1' }]);
    for (const key of pairs.keys()) await tracking.deleteLoggedModelTag(modelId, key);
    await tracking.logLoggedModelParams(modelId, new Map([['later', '2']]));
    const ready = await tracking.finalizeLoggedModel(modelId, 'LOGGED_MODEL_READY');
    expect(ready).toEqual(await store.getLoggedModel(modelId));
    expect(ready.tags).toEqual(new Map([['more', '1']]));
    const search = { experimentIds: ['0'], filter: "name = 'm'", orderBy: [{ fieldName: 'name', ascending: false }] };
    expect(await tracking.searchLoggedModels(search)).toEqual(await store.searchLoggedModels(search));
    await tracking.deleteLoggedModel(modelId);
    await expect(tracking.getLoggedModel(modelId)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    expect((await tracking.getLoggedModel(modelId, { allowDeleted: true })).lifecycleStage).toBe('deleted');
  });

  test('models of MLflow 2', async () => {
    const { tracking } = client;
    const { info } = await tracking.createRun({ experimentId: '0' });
    const model = { artifact_path: 'model', flavors: {}, utc_time_created: 'now', run_id: info.runId };
    await tracking.recordModel(info.runId, JSON.stringify(model));
    expect((await tracking.getRun(info.runId)).data.tags.get('mlflow.log-model.history')).toContain('"artifact_path"');
    await expect(tracking.recordModel(info.runId, '{')).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });

  test('the registry', async () => {
    const [registry, store] = [client.registry, server.parts.registry];
    const model = await registry.createRegisteredModel({ name: 'Große Modelle 1', description: 'd', tags: pairs });
    const { name } = model;
    expect(model).toEqual(await store.getRegisteredModel(name));
    const version = await registry.createModelVersion({
      name,
      source: 's3://a/b',
      description: 'v',
      tags: pairs,
      runLink: 'l',
    });
    expect(version).toEqual(await store.getModelVersion(name, '1'));
    await registry.createModelVersion({ name, source: 's3://a/c' });
    await registry.updateModelVersion(name, '2', 'second');
    await registry.setModelVersionTag(name, '2', { key: 'k', value: 'v' });
    await registry.deleteModelVersionTag(name, '1', 'key');
    await registry.setAlias(name, 'champion', '2');
    await registry.setAlias(name, 'other', '1');
    await registry.deleteAlias(name, 'other');
    expect(await registry.getModelVersionByAlias(name, 'champion')).toEqual(await store.getModelVersion(name, '2'));
    await expect(registry.getModelVersionByAlias(name, 'other')).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
    });
    const staged = await registry.transitionModelVersionStage(name, '2', 'Staging', true);
    expect(staged.currentStage).toBe('Staging');
    expect(await registry.getLatestVersions(name)).toEqual(await store.getLatestVersions(name));
    expect((await registry.getLatestVersions(name, ['Staging'])).map((it) => it.version)).toEqual(['2']);
    expect(await registry.getDownloadUri(name, '1')).toBe('s3://a/b');
    const search = { filter: `name = '${name}'`, orderBy: ['version_number ASC'], maxResults: 10 };
    expect(await registry.searchModelVersions(search)).toEqual(await store.searchModelVersions(search));

    await registry.setRegisteredModelTag(name, { key: 'more', value: '1' });
    await registry.deleteRegisteredModelTag(name, 'key');
    await registry.updateRegisteredModel(name, 'new description');
    const renamed = await registry.renameRegisteredModel(name, 'new');
    expect(renamed).toEqual(await store.getRegisteredModel('new'));
    expect(renamed.aliases).toEqual(new Map([['champion', '2']]));
    expect(await registry.searchRegisteredModels({})).toEqual(await store.searchRegisteredModels({}));
    await registry.deleteModelVersion('new', '2');
    await registry.deleteRegisteredModel('new');
    await expect(registry.getRegisteredModel('new')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });
});
