import { describe, expect, test } from 'vitest';
import type { TrackingStore } from '../../src/tracking/store.ts';
import { BAD, MISSING, type Open } from './openStore.ts';
import { withStore } from './withStore.ts';

const UNKNOWN = '0123456789abcdef0123456789abcdef';

/** What a store does beyond MLflow to keep its disk clean. */
export function describeUpkeep(open: Open<TrackingStore>): void {
  describe('upkeep', () => {
    const store = withStore(open);

    const run = async (runName: string, experimentId = '0') =>
      (await store().createRun({ experimentId, runName })).info.runId;
    const names = async (experimentIds: readonly string[] = ['0']) =>
      (await store().searchRuns({ experimentIds, viewType: 'ALL' })).items.map(({ info }) => info.runName).sort();

    test('runs are measured in the order that they are asked for', async () => {
      const [small, large] = [await run('small'), await run('large')];
      for (let at = 0; at < 8; at++) {
        await store().logBatch(large, { tags: [{ key: `t${at}`, value: 'x'.repeat(7_000) }] });
      }
      const [first, second] = await store().measureRuns([large, small]);
      expect([first?.runId, second?.runId]).toEqual([large, small]);
      expect(second?.bytes).toBeGreaterThan(0);
      expect(first?.bytes).toBeGreaterThanOrEqual((second?.bytes ?? 0) + 8 * 7_000);
      expect(await store().measureRuns([])).toEqual([]);
    });

    test('an experiment is measured with all of its runs', async () => {
      const runIds = [await run('a'), await run('b')];
      await store().deleteRun(runIds[0] ?? '');
      const { bytes, runs } = await store().measureExperiment('0');
      expect(runs.map(({ runId }) => runId).sort()).toEqual([...runIds].sort());
      expect(bytes).toBeGreaterThanOrEqual(runs.reduce((sum, usage) => sum + usage.bytes, 0));
    });

    test('a deleted run is purged, and only that one', async () => {
      const [gone] = [await run('gone'), await run('stays')];
      await store().deleteRun(gone);
      expect(await store().purgeRun(gone)).toEqual({ leftBehind: [] });
      expect(await names()).toEqual(['stays']);
      await expect(store().getRun(gone)).rejects.toMatchObject(MISSING);
      await expect(store().restoreRun(gone)).rejects.toMatchObject(MISSING);
      await expect(store().purgeRun(gone)).rejects.toMatchObject(MISSING);
    });

    test('what is not deleted is not purged', async () => {
      const runId = await run('kept');
      const experimentId = await store().createExperiment({ name: 'kept' });
      await expect(store().purgeRun(runId)).rejects.toMatchObject(BAD);
      await expect(store().purgeExperiment(experimentId)).rejects.toMatchObject(BAD);
      await expect(store().purgeExperiment('0')).rejects.toMatchObject(BAD);
      expect(await names()).toEqual(['kept']);
      expect((await store().getExperiment(experimentId)).name).toBe('kept');
    });

    test('a purged experiment leaves its name to another', async () => {
      const experimentId = await store().createExperiment({ name: 'old' });
      const runId = await run('in it', experimentId);
      await store().deleteExperiment(experimentId);
      expect(await store().purgeExperiment(experimentId)).toEqual({ leftBehind: [] });
      await expect(store().getExperiment(experimentId)).rejects.toMatchObject(MISSING);
      await expect(store().getRun(runId)).rejects.toMatchObject(MISSING);
      expect(await names([experimentId])).toEqual([]);
      const { items } = await store().searchExperiments({ viewType: 'ALL' });
      expect(items.map(({ name }) => name)).toEqual(['Default']);
      expect(await store().createExperiment({ name: 'old' })).not.toBe(experimentId);
    });

    test('a run of a deleted experiment can be purged by itself', async () => {
      const experimentId = await store().createExperiment({ name: 'e' });
      const [gone] = [await run('gone', experimentId), await run('stays', experimentId)];
      await store().deleteExperiment(experimentId);
      await store().purgeRun(gone);
      await store().restoreExperiment(experimentId);
      expect(await names([experimentId])).toEqual(['stays']);
    });

    test('what is not there is missing, and a path is no id', async () => {
      await expect(store().measureRuns([UNKNOWN])).rejects.toMatchObject(MISSING);
      await expect(store().measureExperiment('123456')).rejects.toMatchObject(MISSING);
      await expect(store().purgeRun(UNKNOWN)).rejects.toMatchObject(MISSING);
      await expect(store().purgeExperiment('123456')).rejects.toMatchObject(MISSING);
      for (const id of ['../0', '.', '..', 'a/b', '.trash', '%2e%2e']) {
        await expect(store().measureRuns([id])).rejects.toMatchObject(BAD);
        await expect(store().measureExperiment(id)).rejects.toMatchObject(BAD);
        await expect(store().purgeRun(id)).rejects.toMatchObject(BAD);
        await expect(store().purgeExperiment(id)).rejects.toMatchObject(BAD);
      }
    });
  });
}
