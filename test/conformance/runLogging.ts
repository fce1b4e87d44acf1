import { beforeEach, describe, expect, test } from 'vitest';
import type { Dataset } from '../../src/entities/dataset.ts';
import type { Metric } from '../../src/entities/metric.ts';
import type { TrackingStore } from '../../src/tracking/store.ts';
import { allPages, BAD, BAD_KEYS, KEYS, MISSING, type Open, TEXTS } from './openStore.ts';
import { withStore } from './withStore.ts';

const BIG = 9007199254740993n;

export function describeRunLogging(open: Open<TrackingStore>): void {
  describe('what runs log', () => {
    const store = withStore(open);
    let runId: string;
    beforeEach(async () => {
      runId = (await store().createRun({ experimentId: '0', runName: 'run' })).info.runId;
    });

    const point = (key: string, value: number, step: Metric['step'] = 0, timestamp: Metric['timestamp'] = 1) => ({
      key,
      value,
      timestamp,
      step,
    });
    const data = async () => (await store().getRun(runId)).data;
    const latest = async (key: string) => (await data()).metrics.get(key);
    const history = async (key: string) => (await store().getMetricHistory(runId, key)).items;

    test('numbers come back with every digit', async () => {
      const values = [0, -0, 0.1, -1, 1e-7, 1e16, 1e300, 5e-324, Number.MAX_VALUE, Math.PI, 123456789012345680000];
      const metrics = [...values, Number.NaN, Infinity, -Infinity].map((value, step) => point('m', value, step));
      await store().logBatch(runId, { metrics });
      expect(await history('m')).toEqual(metrics);
    });

    test('steps and times come back with every digit', async () => {
      const metrics = [0, -5, Number.MAX_SAFE_INTEGER, BIG, -BIG, 2n ** 63n - 1n].map((step) => point('m', 1, step));
      metrics.push(point('m', 1, 7, BIG));
      await store().logBatch(runId, { metrics });
      expect(await history('m')).toEqual(metrics);
      expect(await latest('m')).toEqual(point('m', 1, 2n ** 63n - 1n));
    });

    test('the latest point has the highest step, then time, then value', async () => {
      for (const [added, expected] of [
        [point('m', 5, 1, 10), point('m', 5, 1, 10)],
        [point('m', 9, 0, 99), point('m', 5, 1, 10)],
        [point('m', 1, 1, 11), point('m', 1, 1, 11)],
        [point('m', 2, 1, 11), point('m', 2, 1, 11)],
        [point('m', 1.5, 1, 11), point('m', 2, 1, 11)],
        [point('m', Number.NaN, 1, 11), point('m', 2, 1, 11)],
        [point('m', Number.NaN, 2, 0), point('m', Number.NaN, 2, 0)],
      ] as const) {
        await store().logBatch(runId, { metrics: [added] });
        expect(await latest('m')).toEqual(expected);
      }
    });

    test('histories are in the order of logging, whole and in pages', async () => {
      const metrics = Array.from({ length: 250 }, (_, at) => point('val/loss', 1 / (at + 1), (at * 7) % 250, at));
      await store().logBatch(runId, { metrics: metrics.slice(0, 100) });
      for (const metric of metrics.slice(100, 105)) await store().logBatch(runId, { metrics: [metric] });
      await store().logBatch(runId, { metrics: metrics.slice(105) });
      expect(await history('val/loss')).toEqual(metrics);
      const pages = await allPages((pageToken) =>
        store().getMetricHistory(runId, 'val/loss', { maxResults: 100, pageToken }),
      );
      expect(pages.map((page) => page.length)).toEqual([100, 100, 50]);
      expect(pages.flat()).toEqual(metrics);
      expect(await history('none')).toEqual([]);
      expect(await history('val')).toEqual([]);
    });

    test('equal points are kept once', async () => {
      await store().logBatch(runId, { metrics: [point('m', 1), point('m', 1), point('m', 2)] });
      await store().logBatch(runId, { metrics: [point('m', 2), point('m', 1)] });
      expect(await history('m')).toEqual([point('m', 1), point('m', 2)]);
    });

    test('metrics, params and tags take names and texts of all kinds', async () => {
      const pairs = KEYS.map((key, at) => ({ key, value: TEXTS[at] ?? '' }));
      const metrics = KEYS.map((key, at) => point(key, at));
      await store().logBatch(runId, { metrics, params: pairs, tags: pairs });
      const expected = new Map(pairs.map(({ key, value }) => [key, value]));
      expect(await data()).toEqual({
        metrics: new Map(metrics.map((metric) => [metric.key, metric])),
        params: expected,
        tags: new Map([...expected, ['mlflow.runName', 'run']]),
      });
    });

    test('names that objects have by birth are names like others', async () => {
      const pairs = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'].map((key) => ({ key, value: key }));
      await store().logBatch(runId, { params: pairs, tags: pairs, metrics: pairs.map(({ key }) => point(key, 1)) });
      const { params, tags, metrics } = await data();
      for (const { key } of pairs) {
        expect([params.get(key), tags.get(key), metrics.get(key)?.value]).toEqual([key, key, 1]);
      }
    });

    test('params are logged once', async () => {
      await store().logBatch(runId, { params: [{ key: 'p', value: '1' }] });
      await store().logBatch(runId, { params: [{ key: 'p', value: '1' }] });
      await expect(
        store().logBatch(runId, {
          params: [
            { key: 'new', value: '1' },
            { key: 'p', value: '2' },
          ],
          tags: [{ key: 't', value: '1' }],
        }),
      ).rejects.toMatchObject(BAD);
      const { params, tags } = await data();
      expect([...params]).toEqual([['p', '1']]);
      expect(tags.has('t')).toBe(false);
    });

    test('tags are replaced and deleted', async () => {
      for (const value of TEXTS) {
        await store().logBatch(runId, { tags: [{ key: 'a/b', value }] });
        expect((await data()).tags.get('a/b')).toBe(value);
      }
      await store().deleteTag(runId, 'a/b');
      expect((await data()).tags.has('a/b')).toBe(false);
      await expect(store().deleteTag(runId, 'a/b')).rejects.toMatchObject(MISSING);
      await expect(store().deleteTag(runId, 'a')).rejects.toMatchObject(MISSING);
    });

    test.each(BAD_KEYS)('%j is no name, and nothing of its batch is kept', async (key) => {
      const metrics = [point('good', 1)];
      await expect(store().logBatch(runId, { metrics: [...metrics, point(key, 1)] })).rejects.toMatchObject(BAD);
      await expect(store().logBatch(runId, { metrics, params: [{ key, value: '' }] })).rejects.toMatchObject(BAD);
      await expect(store().logBatch(runId, { metrics, tags: [{ key, value: '' }] })).rejects.toMatchObject(BAD);
      expect((await data()).metrics.size).toBe(0);
    });

    test('a name that is a part of another one is refused, whichever came first, and loses nothing', async () => {
      const batch = (key: string) => ({
        metrics: [point(key, 1)],
        params: [{ key, value: '1' }],
        tags: [{ key, value: '1' }],
      });
      await store().logBatch(runId, batch('a'));
      await store().logBatch(runId, batch('x/y'));
      for (const key of ['a/b', 'a/b/c', 'x']) {
        const { metrics, params, tags } = batch(key);
        for (const part of [{ metrics }, { params }, { tags }]) {
          const outcome = await store()
            .logBatch(runId, part)
            .catch((error: unknown) => error);
          if (outcome !== undefined) expect(outcome).toMatchObject(BAD);
        }
      }
      const { metrics, params, tags } = await data();
      for (const key of ['a', 'x/y']) {
        expect([metrics.get(key)?.value, params.get(key), tags.get(key)]).toEqual([1, '1', '1']);
      }
    });

    test('batches have limits', async () => {
      const pairs = (count: number) => Array.from({ length: count }, (_, at) => ({ key: `k${at}`, value: '' }));
      const points = (count: number) => Array.from({ length: count }, (_, at) => point('m', at));
      for (const batch of [
        { metrics: points(1_001) },
        { params: pairs(101) },
        { tags: pairs(101) },
        { metrics: points(900), params: pairs(60), tags: pairs(41) },
        { params: [...pairs(1), ...pairs(1)] },
        { metrics: [point('m', 1, 0, -1)] },
        { metrics: [point('m'.repeat(251), 1)] },
      ]) {
        await expect(store().logBatch(runId, batch)).rejects.toMatchObject(BAD);
      }
      expect(await data()).toMatchObject({ metrics: new Map(), params: new Map() });
      await store().logBatch(runId, { metrics: points(800), params: pairs(100), tags: pairs(100) });
      await store().logBatch(runId, { metrics: [point('m'.repeat(250), 1)] });
      expect(await history('m')).toHaveLength(800);
    });

    test('long values are cut to what MLflow keeps', async () => {
      const value = 'v'.repeat(9_000);
      await store().logBatch(runId, { params: [{ key: 'p', value }], tags: [{ key: 't', value }] });
      const { params, tags } = await data();
      expect(params.get('p')).toHaveLength(6_000);
      expect(tags.get('t')).toHaveLength(8_000);
      // The same long value is no other value.
      await store().logBatch(runId, { params: [{ key: 'p', value }] });
    });

    test('an empty batch is fine', async () => {
      await store().logBatch(runId, {});
      await store().logBatch(runId, { metrics: [], params: [], tags: [] });
    });

    test('nothing is lost of what many log at once', async () => {
      const batches = Array.from({ length: 40 }, (_, at) => ({
        metrics: [point('m', at, at)],
        params: [{ key: `p${at}`, value: String(at) }],
        tags: [{ key: `t${at}`, value: String(at) }],
      }));
      await Promise.all(batches.map((batch) => store().logBatch(runId, batch)));
      const { params, tags } = await data();
      expect(params.size).toBe(40);
      expect(tags.size).toBe(41);
      expect((await history('m')).map(({ step }) => Number(step)).sort((a, b) => a - b)).toEqual(
        batches.map((_, at) => at),
      );
    });

    test('datasets are inputs', async () => {
      const dataset = (name: string, digest: string): Dataset => ({
        name,
        digest,
        sourceType: 'local',
        source: '{"uri": "größe"}',
        schema: '{"a": 1}',
        profile: undefined,
      });
      // Digests that a careless reader of YAML takes for numbers.
      const digests = ['12345e67', '0o17', '1e5', '017', 'af37a0ca'];
      const inputs = digests.map((digest) => ({
        dataset: dataset('my data', digest),
        tags: new Map([['mlflow.data.context', 'training']]),
      }));
      await store().logInputs(runId, inputs, []);
      await store().logInputs(runId, inputs.slice(0, 1), []);
      const found = (await store().getRun(runId)).datasetInputs;
      expect(found.toSorted((a, b) => digests.indexOf(a.dataset.digest) - digests.indexOf(b.dataset.digest))).toEqual(
        inputs,
      );
      const other = (await store().createRun({ experimentId: '0' })).info.runId;
      await store().logInputs(other, [{ dataset: dataset('my data', '1e5'), tags: new Map() }], []);
      const search = async (filter: string) =>
        (await store().searchRuns({ experimentIds: ['0'], filter })).items.map(({ info }) => info.runId);
      expect(await search("dataset.digest = '12345e67'")).toEqual([runId]);
      expect((await search("dataset.name LIKE 'my%'")).sort()).toEqual([runId, other].sort());
      expect(await search("dataset.context = 'training'")).toEqual([runId]);
    });

    test('models are inputs and outputs', async () => {
      const { modelId } = await store().createLoggedModel({ experimentId: '0', sourceRunId: runId });
      await store().logInputs(runId, [], [{ modelId }]);
      await store().logOutputs(runId, [{ modelId, step: BIG }]);
      expect(await store().getRun(runId)).toMatchObject({
        modelInputs: [{ modelId }],
        modelOutputs: [{ modelId, step: BIG }],
      });
      await store().logOutputs(runId, [{ modelId, step: 3 }]);
      expect((await store().getRun(runId)).modelOutputs).toEqual([{ modelId, step: 3 }]);
    });

    test('models of MLflow 2 are kept in a tag', async () => {
      const model = (artifactPath: string) =>
        JSON.stringify({
          artifact_path: artifactPath,
          flavors: { python_function: { env: 'ü' } },
          run_id: runId,
          utc_time_created: '2026-01-01 00:00:00.000000',
          model_uuid: 'u',
        });
      await store().recordModel(runId, model('a'));
      await store().recordModel(runId, model('b'));
      const tag = (await data()).tags.get('mlflow.log-model.history') ?? '';
      expect(JSON.parse(tag)).toEqual([JSON.parse(model('a')), JSON.parse(model('b'))]);
      for (const bad of ['', '{', '[]', '{"artifact_path": "a"}']) {
        await expect(store().recordModel(runId, bad)).rejects.toMatchObject(BAD);
      }
    });
  });
}
