import { describe, expect, test } from 'vitest';
import type { TrackingStore } from '../../src/tracking/store.ts';
import { BAD, type Open } from './openStore.ts';
import { withStore } from './withStore.ts';

/** As files, neither could be kept beside the other. */
const CLASHING = new Map([
  ['a/b', '1'],
  ['a', '2'],
]);

/** A request that is refused leaves nothing behind, also where only its last part is at fault. */
export function describeNothingHalfDone(open: Open<TrackingStore>): void {
  describe('of what is refused nothing is done', () => {
    const store = withStore(open);
    const clashing = [...CLASHING].map(([key, value]) => ({ key, value }));
    const point = { value: 1, timestamp: 1, step: 0 };

    test('an experiment', async () => {
      await expect(store().createExperiment({ name: 'half', tags: CLASHING })).rejects.toMatchObject(BAD);
      expect(await store().getExperimentByName('half')).toBeUndefined();
    });

    test('a run', async () => {
      await expect(store().createRun({ experimentId: '0', tags: CLASHING })).rejects.toMatchObject(BAD);
      expect((await store().searchRuns({ experimentIds: ['0'], viewType: 'ALL' })).items).toEqual([]);
    });

    test.each([
      { metrics: [{ key: 'm', ...point }], tags: clashing },
      { params: [{ key: 'p', value: '1' }], metrics: clashing.map(({ key }) => ({ key, ...point })) },
      { tags: [{ key: 't', value: '1' }], params: clashing },
      { metrics: [{ key: 'm', ...point }], params: [{ key: 'there', value: 'other' }] },
      { metrics: [{ key: 'm', ...point }], params: [{ key: 'there/too', value: '1' }] },
      { metrics: [{ key: 'm', ...point }], tags: [{ key: '../t', value: '' }] },
    ])('a batch (%#)', async (batch) => {
      const { info } = await store().createRun({ experimentId: '0' });
      await store().logBatch(info.runId, { params: [{ key: 'there', value: '1' }] });
      const before = await store().getRun(info.runId);
      await expect(store().logBatch(info.runId, batch)).rejects.toMatchObject(BAD);
      expect(await store().getRun(info.runId)).toEqual(before);
    });

    test('a logged model, its tags and its params', async () => {
      const create = (more: object) => store().createLoggedModel({ experimentId: '0', name: 'm', ...more });
      await expect(create({ tags: CLASHING })).rejects.toMatchObject(BAD);
      await expect(create({ params: CLASHING })).rejects.toMatchObject(BAD);
      expect((await store().searchLoggedModels({ experimentIds: ['0'] })).items).toEqual([]);
      const model = await create({});
      await expect(store().setLoggedModelTags(model.modelId, clashing)).rejects.toMatchObject(BAD);
      await expect(store().logLoggedModelParams(model.modelId, CLASHING)).rejects.toMatchObject(BAD);
      expect(await store().getLoggedModel(model.modelId)).toEqual(model);
    });

    test('a trace', async () => {
      const trace = { traceId: 'tr-1', experimentId: '0', requestTime: 1 };
      await expect(store().startTrace({ ...trace, tags: CLASHING })).rejects.toMatchObject(BAD);
      await expect(store().startTrace({ ...trace, metadata: CLASHING })).rejects.toMatchObject(BAD);
      expect((await store().searchTraces({ experimentIds: ['0'] })).items).toEqual([]);
      const started = await store().startTrace(trace);
      const end = { endTime: 5, state: 'OK', tags: CLASHING } as const;
      await expect(store().endTrace('tr-1', end)).rejects.toMatchObject(BAD);
      expect(await store().getTrace('tr-1')).toEqual(started);
    });
  });
}
