import { describe, expect, test } from 'vitest';
import type { Run } from '../../src/entities/run.ts';
import type { RunSearch, TrackingStore } from '../../src/tracking/store.ts';
import { allPages, BAD, KEYS, MISSING, type Open, TEXTS } from './openStore.ts';
import { withStore } from './withStore.ts';

const UNKNOWN = '0123456789abcdef0123456789abcdef';

export function describeRuns(open: Open<TrackingStore>): void {
  describe('runs', () => {
    const store = withStore(open);

    async function search(more: Partial<RunSearch> = {}): Promise<readonly Run[]> {
      return (await store().searchRuns({ experimentIds: ['0'], ...more })).items;
    }

    async function names(more: Partial<RunSearch> = {}): Promise<string[]> {
      return (await search(more)).map(({ info }) => info.runName);
    }

    test('a new run is running and empty but for its tags', async () => {
      const tags = new Map(KEYS.map((key, at) => [key, TEXTS[at] ?? '']));
      const run = await store().createRun({ experimentId: '0', userId: 'me', runName: 'größe 1', startTime: 7, tags });
      const { runId } = run.info;
      expect(runId).toMatch(/^[0-9a-f]{32}$/);
      const experiment = await store().getExperiment('0');
      expect(run).toEqual({
        info: {
          runId,
          runName: 'größe 1',
          experimentId: '0',
          userId: 'me',
          status: 'RUNNING',
          startTime: 7,
          endTime: undefined,
          artifactUri: `${experiment.artifactLocation}/${runId}/artifacts`,
          lifecycleStage: 'active',
        },
        data: { metrics: new Map(), params: new Map(), tags: new Map([...tags, ['mlflow.runName', 'größe 1']]) },
        datasetInputs: [],
        modelInputs: [],
        modelOutputs: [],
      });
      expect(await store().getRun(runId)).toEqual(run);
      expect(await search()).toEqual([run]);
    });

    test('a run without a name gets one', async () => {
      const { info, data } = await store().createRun({ experimentId: '0' });
      expect(info.runName).toMatch(/^[a-z]+-[a-z]+-\d{1,3}$/);
      expect(info.runName.length).toBeLessThanOrEqual(20);
      expect(data.tags.get('mlflow.runName')).toBe(info.runName);
    });

    test('a name may come as a tag, but not as two names', async () => {
      const tags = new Map([['mlflow.runName', 'tagged']]);
      expect((await store().createRun({ experimentId: '0', tags })).info.runName).toBe('tagged');
      expect((await store().createRun({ experimentId: '0', tags, runName: 'tagged' })).info.runName).toBe('tagged');
      await expect(store().createRun({ experimentId: '0', tags, runName: 'other' })).rejects.toMatchObject(BAD);
    });

    test('what is not there is missing', async () => {
      await expect(store().createRun({ experimentId: '123456' })).rejects.toMatchObject(MISSING);
      await expect(store().getRun(UNKNOWN)).rejects.toMatchObject(MISSING);
      await expect(store().updateRun(UNKNOWN, { status: 'FINISHED' })).rejects.toMatchObject(MISSING);
      await expect(store().deleteRun(UNKNOWN)).rejects.toMatchObject(MISSING);
      await expect(store().restoreRun(UNKNOWN)).rejects.toMatchObject(MISSING);
      await expect(store().logBatch(UNKNOWN, {})).rejects.toMatchObject(MISSING);
      await expect(store().getMetricHistory(UNKNOWN, 'm')).rejects.toMatchObject(MISSING);
      expect(await search({ experimentIds: ['123456'] })).toEqual([]);
      expect(await search({ experimentIds: [] })).toEqual([]);
    });

    test.each(['../0', '.', 'a/b', '%2e%2e', 'a b', 'r'.repeat(257)])('%s is no id', async (runId) => {
      await expect(store().getRun(runId)).rejects.toMatchObject(BAD);
      await expect(store().logBatch(runId, {})).rejects.toMatchObject(BAD);
    });

    test('an update changes what it names', async () => {
      const { info } = await store().createRun({ experimentId: '0', runName: 'a', startTime: 1 });
      const ended = await store().updateRun(info.runId, { status: 'FAILED', endTime: 9 });
      expect(ended).toEqual({ ...info, status: 'FAILED', endTime: 9 });
      const renamed = await store().updateRun(info.runId, { runName: 'b' });
      expect(renamed).toEqual({ ...ended, runName: 'b' });
      const run = await store().getRun(info.runId);
      expect(run.info).toEqual(renamed);
      expect(run.data.tags.get('mlflow.runName')).toBe('b');
      for (const status of ['RUNNING', 'SCHEDULED', 'FINISHED', 'KILLED'] as const) {
        expect((await store().updateRun(info.runId, { status })).status).toBe(status);
      }
    });

    test('the name and its tag stay the same', async () => {
      const { info } = await store().createRun({ experimentId: '0' });
      await store().logBatch(info.runId, { tags: [{ key: 'mlflow.runName', value: 'tagged' }] });
      expect((await store().getRun(info.runId)).info.runName).toBe('tagged');
      expect(await names({ filter: "run_name = 'tagged'" })).toEqual(['tagged']);
    });

    test('a deleted run is shown on demand, cannot be changed, and comes back', async () => {
      const { info } = await store().createRun({ experimentId: '0', runName: 'a' });
      await store().logBatch(info.runId, { params: [{ key: 'p', value: '1' }] });
      await store().deleteRun(info.runId);
      expect(await names()).toEqual([]);
      expect(await names({ viewType: 'DELETED_ONLY' })).toEqual(['a']);
      expect(await names({ viewType: 'ALL' })).toEqual(['a']);
      expect((await store().getRun(info.runId)).info.lifecycleStage).toBe('deleted');
      await expect(store().updateRun(info.runId, { runName: 'b' })).rejects.toMatchObject(BAD);
      await expect(
        store().logBatch(info.runId, { metrics: [{ key: 'm', value: 1, timestamp: 1, step: 0 }] }),
      ).rejects.toMatchObject(BAD);
      await expect(store().logBatch(info.runId, { tags: [{ key: 'k', value: '' }] })).rejects.toMatchObject(BAD);
      await expect(store().deleteTag(info.runId, 'mlflow.runName')).rejects.toMatchObject(BAD);
      await store().restoreRun(info.runId);
      const run = await store().getRun(info.runId);
      expect(run.info.lifecycleStage).toBe('active');
      expect(run.data.params).toEqual(new Map([['p', '1']]));
    });

    test('searches go through the experiments that they name, newest run first', async () => {
      const other = await store().createExperiment({ name: 'other' });
      for (const [at, experimentId] of ['0', other, '0', other].entries()) {
        await store().createRun({ experimentId, runName: `r${at}`, startTime: at });
      }
      expect(await names()).toEqual(['r2', 'r0']);
      expect(await names({ experimentIds: [other] })).toEqual(['r3', 'r1']);
      expect(await names({ experimentIds: [other, '0', other] })).toEqual(['r3', 'r2', 'r1', 'r0']);
      expect(await names({ experimentIds: ['0', other], orderBy: ['start_time ASC'] })).toEqual([
        'r0',
        'r1',
        'r2',
        'r3',
      ]);
      const pages = await allPages((pageToken) =>
        store().searchRuns({ experimentIds: ['0', other], maxResults: 3, pageToken }),
      );
      expect(pages.map((page) => page.map(({ info }) => info.runName))).toEqual([['r3', 'r2', 'r1'], ['r0']]);
      for (const bad of [
        { maxResults: 50_001 },
        { pageToken: '!' },
        { filter: 'x y' },
        { orderBy: ['metrics.m foo'] },
      ]) {
        await expect(search(bad)).rejects.toMatchObject(BAD);
      }
    });

    test('filters and orders look at all that a run has logged', async () => {
      const values: Record<string, number | undefined> = { low: 0.5, high: 0.9, nan: Number.NaN, none: undefined };
      for (const [runName, value] of Object.entries(values)) {
        const { info } = await store().createRun({ experimentId: '0', runName, startTime: 1 });
        if (value === undefined) continue;
        await store().logBatch(info.runId, {
          metrics: [{ key: 'val/acc', value, timestamp: 1, step: 0 }],
          params: [{ key: 'lr', value: String(value) }],
        });
      }
      expect(await names({ filter: 'metrics."val/acc" > 0.6' })).toEqual(['high']);
      expect((await names({ filter: 'metrics.`val/acc` != 0.5' })).sort()).toEqual(['high', 'nan']);
      expect(await names({ filter: "params.lr = '0.5' AND attributes.status = 'RUNNING'" })).toEqual(['low']);
      expect(await names({ orderBy: ['metrics.`val/acc` DESC'] })).toEqual(['high', 'low', 'nan', 'none']);
      expect(await names({ orderBy: ['metrics.`val/acc`'] })).toEqual(['low', 'high', 'nan', 'none']);
    });
  });
}
