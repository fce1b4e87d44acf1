import { describe, expect, test } from 'vitest';
import type { LoggedModelSearch, TrackingStore } from '../../src/tracking/store.ts';
import { allPages, BAD, BAD_KEYS, KEYS, MISSING, type Open, TEXTS } from './openStore.ts';
import { withStore } from './withStore.ts';

const UNKNOWN = 'm-0123456789abcdef0123456789abcdef';

export function describeLoggedModels(open: Open<TrackingStore>): void {
  describe('logged models', () => {
    const store = withStore(open);

    async function names(search: Partial<LoggedModelSearch> = {}): Promise<string[]> {
      return (await store().searchLoggedModels({ experimentIds: ['0'], ...search })).items.map(({ name }) => name);
    }

    test('a new model is pending', async () => {
      const { runId } = (await store().createRun({ experimentId: '0' })).info;
      const pairs = new Map(KEYS.map((key, at) => [key, TEXTS[at] ?? '']));
      const model = await store().createLoggedModel({
        experimentId: '0',
        name: 'größe 精',
        modelType: 'regressor',
        sourceRunId: runId,
        params: pairs,
        tags: pairs,
      });
      const { artifactLocation } = await store().getExperiment('0');
      expect(model.modelId).toMatch(/^m-[0-9a-f]{32}$/);
      expect(model).toMatchObject({
        experimentId: '0',
        name: 'größe 精',
        modelType: 'regressor',
        sourceRunId: runId,
        status: 'LOGGED_MODEL_PENDING',
        lifecycleStage: 'active',
        artifactUri: `${artifactLocation}/models/${model.modelId}/artifacts`,
        params: pairs,
        tags: pairs,
        metrics: [],
      });
      expect(await store().getLoggedModel(model.modelId)).toEqual(model);
      expect((await store().searchLoggedModels({ experimentIds: ['0'] })).items).toEqual([model]);
    });

    test('a model without a name gets one', async () => {
      expect((await store().createLoggedModel({ experimentId: '0' })).name).toMatch(/^[a-z]+-[a-z]+-\d+$/);
    });

    test.each(['', 'a/b', 'a:b', 'a.b', 'a%b', 'a"b', "a'b"])('%j is no name', async (name) => {
      await expect(store().createLoggedModel({ experimentId: '0', name })).rejects.toMatchObject(BAD);
      expect(await names()).toEqual([]);
    });

    test('what is not there is missing', async () => {
      await expect(store().createLoggedModel({ experimentId: '123456' })).rejects.toMatchObject(MISSING);
      await expect(store().getLoggedModel(UNKNOWN)).rejects.toMatchObject(MISSING);
      await expect(store().finalizeLoggedModel(UNKNOWN, 'LOGGED_MODEL_READY')).rejects.toMatchObject(MISSING);
      await expect(store().deleteLoggedModel(UNKNOWN)).rejects.toMatchObject(MISSING);
      await expect(store().setLoggedModelTags(UNKNOWN, [{ key: 'k', value: '' }])).rejects.toMatchObject(MISSING);
      await expect(store().logLoggedModelParams(UNKNOWN, new Map([['k', '']]))).rejects.toMatchObject(MISSING);
    });

    test('a metric of a model that is not there is the run’s alone, as in MLflow', async () => {
      const { runId } = (await store().createRun({ experimentId: '0' })).info;
      const metric = { key: 'm', value: 1, timestamp: 1, step: 0 };
      await store().logBatch(runId, { metrics: [{ ...metric, modelId: UNKNOWN }] });
      expect((await store().getRun(runId)).data.metrics.get('m')).toMatchObject(metric);
      await expect(store().logBatch(runId, { metrics: [{ ...metric, modelId: '../x' }] })).rejects.toMatchObject(BAD);
    });

    test.each(['../0', 'x-1', 'm-../..', 'm-a/b', 'm-'])('%s is no id', async (id) => {
      await expect(store().getLoggedModel(id)).rejects.toMatchObject(BAD);
    });

    test.each(['LOGGED_MODEL_READY', 'LOGGED_MODEL_UPLOAD_FAILED'] as const)('it becomes %s', async (status) => {
      const model = await store().createLoggedModel({ experimentId: '0', name: 'm' });
      const done = await store().finalizeLoggedModel(model.modelId, status);
      expect(done).toEqual({ ...model, status, lastUpdatedTimestamp: done.lastUpdatedTimestamp });
      expect(await store().getLoggedModel(model.modelId)).toEqual(done);
    });

    test('tags and params', async () => {
      const { modelId } = await store().createLoggedModel({ experimentId: '0', params: new Map([['p', '1']]) });
      const tags = KEYS.map((key, at) => ({ key, value: TEXTS[at] ?? '' }));
      await store().setLoggedModelTags(modelId, tags);
      await store().setLoggedModelTags(modelId, [{ key: 'plain', value: 'again' }]);
      await store().deleteLoggedModelTag(modelId, 'val/loss');
      await store().logLoggedModelParams(modelId, new Map([['a/b', 'ü']]));
      const expected = new Map(tags.map(({ key, value }) => [key, value])).set('plain', 'again');
      expected.delete('val/loss');
      expect(await store().getLoggedModel(modelId)).toMatchObject({
        tags: expected,
        params: new Map([
          ['p', '1'],
          ['a/b', 'ü'],
        ]),
      });
      await expect(store().deleteLoggedModelTag(modelId, 'val/loss')).rejects.toMatchObject(MISSING);
      for (const key of BAD_KEYS) {
        await expect(store().setLoggedModelTags(modelId, [{ key, value: '' }])).rejects.toMatchObject(BAD);
      }
    });

    test('a metric that a run logs for a model is kept with both', async () => {
      const { runId } = (await store().createRun({ experimentId: '0' })).info;
      const { modelId } = await store().createLoggedModel({ experimentId: '0', sourceRunId: runId });
      const point = { key: 'val/rmse', value: 0.25, timestamp: 5, step: 2 };
      const dataset = { datasetName: 'eval', datasetDigest: '12345e67' };
      await store().logBatch(runId, { metrics: [{ ...point, ...dataset, modelId }] });
      await store().logBatch(runId, { metrics: [{ ...point, ...dataset, modelId }] });
      const { metrics } = await store().getLoggedModel(modelId);
      expect(metrics).toMatchObject([{ ...point, ...dataset, runId }]);
      expect((await store().getRun(runId)).data.metrics.get('val/rmse')).toMatchObject(point);
      const { items } = await store().getMetricHistory(runId, 'val/rmse');
      expect(items).toHaveLength(1);
    });

    test('a deleted model is shown on demand alone', async () => {
      const { modelId } = await store().createLoggedModel({ experimentId: '0', name: 'm' });
      await store().deleteLoggedModel(modelId);
      expect(await names()).toEqual([]);
      await expect(store().getLoggedModel(modelId)).rejects.toMatchObject(MISSING);
      expect(await store().getLoggedModel(modelId, { allowDeleted: true })).toMatchObject({
        name: 'm',
        lifecycleStage: 'deleted',
      });
      await expect(store().deleteLoggedModel(modelId)).rejects.toMatchObject(MISSING);
    });

    test('searches filter, order and page', async () => {
      const { runId } = (await store().createRun({ experimentId: '0' })).info;
      for (const [at, name] of ['a', 'b', 'c'].entries()) {
        const params = new Map([['alpha', String(at)]]);
        const { modelId } = await store().createLoggedModel({ experimentId: '0', name, params });
        const metric = { key: 'rmse', value: 10 - at, timestamp: 1, step: 0, modelId };
        if (name !== 'b') await store().logBatch(runId, { metrics: [metric] });
      }
      const byName = [{ fieldName: 'name', ascending: true }];
      expect(await names({ orderBy: byName })).toEqual(['a', 'b', 'c']);
      expect(await names({ orderBy: [{ fieldName: 'name', ascending: false }] })).toEqual(['c', 'b', 'a']);
      expect(await names({ orderBy: [{ fieldName: 'metrics.rmse' }] })).toEqual(['c', 'a', 'b']);
      expect(await names({ filter: 'metrics.rmse < 9' })).toEqual(['c']);
      expect(await names({ filter: "params.alpha = '1'" })).toEqual(['b']);
      expect(await names({ filter: "name IN ('a', 'c')", orderBy: byName })).toEqual(['a', 'c']);
      const pages = await allPages((pageToken) =>
        store().searchLoggedModels({ experimentIds: ['0'], orderBy: byName, maxResults: 2, pageToken }),
      );
      expect(pages.map((page) => page.map(({ name }) => name))).toEqual([['a', 'b'], ['c']]);
      await expect(names({ filter: "nonsense = 'a'" })).rejects.toMatchObject(BAD);
      await expect(names({ orderBy: [{ fieldName: 'nonsense' }] })).rejects.toMatchObject(BAD);
      expect(await names({ experimentIds: ['123456'] })).toEqual([]);
    });
  });
}
