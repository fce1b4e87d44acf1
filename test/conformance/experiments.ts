import { describe, expect, test } from 'vitest';
import type { TrackingStore } from '../../src/tracking/store.ts';
import { allPages, BAD, BAD_KEYS, KEYS, MISSING, type Open, TAKEN, TEXTS } from './openStore.ts';
import { withStore } from './withStore.ts';

export function describeExperiments(open: Open<TrackingStore>): void {
  describe('experiments', () => {
    const store = withStore(open);

    async function names(search: Parameters<TrackingStore['searchExperiments']>[0] = {}): Promise<string[]> {
      return (await store().searchExperiments(search)).items.map(({ name }) => name);
    }

    test('a new store has the default experiment, which stays', async () => {
      const { items } = await store().searchExperiments({});
      expect(items).toMatchObject([{ experimentId: '0', name: 'Default', lifecycleStage: 'active' }]);
      await expect(store().deleteExperiment('0')).rejects.toMatchObject({ name: 'MlflowError' });
      expect((await store().getExperiment('0')).lifecycleStage).toBe('active');
    });

    test('a new experiment is found by id, by name and by search', async () => {
      const before = Date.now();
      const tags = new Map(KEYS.map((key, at) => [key, TEXTS[at] ?? '']));
      const experimentId = await store().createExperiment({ name: 'größe/精度 1', tags });
      expect(experimentId).toMatch(/^\d+$/);
      const experiment = await store().getExperiment(experimentId);
      expect(experiment).toMatchObject({ experimentId, name: 'größe/精度 1', lifecycleStage: 'active', tags });
      expect(experiment.artifactLocation).toMatch(new RegExp(`/${experimentId}$`));
      expect(experiment.creationTime).toBeGreaterThanOrEqual(before);
      expect(experiment.creationTime).toBeLessThanOrEqual(Date.now());
      expect(experiment.lastUpdateTime).toBe(experiment.creationTime);
      expect(await store().getExperimentByName('größe/精度 1')).toEqual(experiment);
      expect((await store().searchExperiments({ filter: "name LIKE 'gr%'" })).items).toEqual([experiment]);
    });

    test('an artifact location of its own is kept as it is given', async () => {
      const artifactLocation = 's3://bucket/some folder';
      const id = await store().createExperiment({ name: 'a', artifactLocation });
      expect(await store().getExperiment(id)).toMatchObject({ artifactLocation });
    });

    test.each(['runs:/a/b', '/a/../b', 'file:///a#b', 'file:///a/;b', 'file://host/share', `/${'a'.repeat(2_048)}`])(
      'the artifact location %s is refused',
      async (artifactLocation) => {
        await expect(store().createExperiment({ name: 'a', artifactLocation })).rejects.toMatchObject(BAD);
        expect(await store().getExperimentByName('a')).toBeUndefined();
      },
    );

    test('names are unique among active and deleted experiments', async () => {
      const id = await store().createExperiment({ name: 'a' });
      await expect(store().createExperiment({ name: 'a' })).rejects.toMatchObject(TAKEN);
      await expect(store().createExperiment({ name: 'Default' })).rejects.toMatchObject(TAKEN);
      await store().deleteExperiment(id);
      await expect(store().createExperiment({ name: 'a' })).rejects.toMatchObject(TAKEN);
      const other = await store().createExperiment({ name: 'b' });
      await expect(store().renameExperiment(other, 'a')).rejects.toMatchObject(TAKEN);
    });

    test('of many that want one name, one gets it', async () => {
      const asked = Array.from({ length: 8 }, () => store().createExperiment({ name: 'wanted' }));
      const settled = await Promise.allSettled(asked);
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await names({ filter: "name = 'wanted'" })).toEqual(['wanted']);
    });

    test('names are 1 to 500 characters long', async () => {
      await expect(store().createExperiment({ name: '' })).rejects.toMatchObject(BAD);
      await expect(store().createExperiment({ name: 'n'.repeat(501) })).rejects.toMatchObject(BAD);
      const id = await store().createExperiment({ name: 'n'.repeat(500) });
      expect((await store().getExperiment(id)).name).toHaveLength(500);
    });

    test('what is not there is missing', async () => {
      expect(await store().getExperimentByName('none')).toBeUndefined();
      await expect(store().getExperiment('123456')).rejects.toMatchObject(MISSING);
      await expect(store().renameExperiment('123456', 'x')).rejects.toMatchObject(MISSING);
      await expect(store().deleteExperiment('123456')).rejects.toMatchObject(MISSING);
      await expect(store().restoreExperiment('123456')).rejects.toMatchObject(MISSING);
      await expect(store().setExperimentTag('123456', { key: 'k', value: 'v' })).rejects.toMatchObject(MISSING);
    });

    test.each(['../0', '.trash', 'a/b', '%2e%2e', ' ', 'a'.repeat(65)])('%s is no id', async (id) => {
      await expect(store().getExperiment(id)).rejects.toMatchObject(BAD);
      await expect(store().createRun({ experimentId: id })).rejects.toMatchObject(BAD);
    });

    test('a renamed one keeps everything else', async () => {
      const id = await store().createExperiment({ name: 'old', tags: new Map([['k', 'v']]) });
      const before = await store().getExperiment(id);
      await store().renameExperiment(id, 'new');
      const after = await store().getExperiment(id);
      expect(after).toEqual({ ...before, name: 'new', lastUpdateTime: after.lastUpdateTime });
      expect(after.lastUpdateTime).toBeGreaterThanOrEqual(before.lastUpdateTime ?? Number.POSITIVE_INFINITY);
      expect(await store().getExperimentByName('old')).toBeUndefined();
      await expect(store().renameExperiment(id, '')).rejects.toMatchObject(BAD);
      // Its own name is not in its way.
      await store().renameExperiment(id, 'new');
    });

    test('a deleted one is shown on demand, cannot be changed, and comes back with its runs', async () => {
      const id = await store().createExperiment({ name: 'a', tags: new Map([['k', 'v']]) });
      const { info } = await store().createRun({ experimentId: id });
      await store().deleteExperiment(id);
      expect(await store().getExperiment(id)).toMatchObject({ name: 'a', lifecycleStage: 'deleted' });
      expect((await store().getExperimentByName('a'))?.experimentId).toBe(id);
      expect(await names()).toEqual(['Default']);
      expect(await names({ viewType: 'DELETED_ONLY' })).toEqual(['a']);
      expect((await names({ viewType: 'ALL' })).sort()).toEqual(['Default', 'a']);
      expect((await store().getRun(info.runId)).info.lifecycleStage).toBe('deleted');
      await expect(store().renameExperiment(id, 'b')).rejects.toMatchObject(BAD);
      await expect(store().setExperimentTag(id, { key: 'k', value: 'w' })).rejects.toMatchObject(BAD);
      await expect(store().createRun({ experimentId: id })).rejects.toMatchObject({ name: 'MlflowError' });
      await expect(store().deleteExperiment(id)).rejects.toMatchObject(MISSING);

      await store().restoreExperiment(id);
      expect(await store().getExperiment(id)).toMatchObject({ lifecycleStage: 'active', tags: new Map([['k', 'v']]) });
      expect((await store().getRun(info.runId)).info.lifecycleStage).toBe('active');
      await expect(store().restoreExperiment(id)).rejects.toMatchObject(MISSING);
    });

    test('tags are set, replaced and deleted', async () => {
      for (const value of TEXTS) {
        await store().setExperimentTag('0', { key: 'a/b', value });
        expect((await store().getExperiment('0')).tags).toEqual(new Map([['a/b', value]]));
      }
      await store().deleteExperimentTag('0', 'a/b');
      expect((await store().getExperiment('0')).tags).toEqual(new Map());
      await expect(store().deleteExperimentTag('0', 'a/b')).rejects.toMatchObject(MISSING);
    });

    test.each(BAD_KEYS)('%j is no name of a tag', async (key) => {
      await expect(store().setExperimentTag('0', { key, value: 'v' })).rejects.toMatchObject(BAD);
      const tags = new Map([[key, 'v']]);
      await expect(store().createExperiment({ name: 'a', tags })).rejects.toMatchObject(BAD);
      expect(await names()).toEqual(['Default']);
    });

    test('a tag whose name is a part of another one is kept, or refused', async () => {
      await store().setExperimentTag('0', { key: 'a', value: '1' });
      const outcome = await store()
        .setExperimentTag('0', { key: 'a/b', value: '2' })
        .catch((error: unknown) => error);
      if (outcome !== undefined) expect(outcome).toMatchObject(BAD);
      expect((await store().getExperiment('0')).tags.get('a')).toBe('1');
    });

    test('searches order, page and filter', async () => {
      for (const name of ['b', 'a', 'C', 'd']) {
        await store().createExperiment({ name, tags: new Map([['kind', name === 'd' ? 'x' : 'y']]) });
      }
      expect(await names({ orderBy: ['name'] })).toEqual(['C', 'Default', 'a', 'b', 'd']);
      expect(await names({ orderBy: ['name DESC'] })).toEqual(['d', 'b', 'a', 'Default', 'C']);
      expect(await names({ filter: "tags.kind = 'y' AND name != 'a'", orderBy: ['name'] })).toEqual(['C', 'b']);
      expect(await names({ filter: "name ILIKE 'c'" })).toEqual(['C']);
      const pages = await allPages((pageToken) =>
        store().searchExperiments({ orderBy: ['name'], maxResults: 2, pageToken }),
      );
      expect(pages.map((page) => page.map(({ name }) => name))).toEqual([['C', 'Default'], ['a', 'b'], ['d']]);
      for (const search of [
        { filter: "name = 'a' OR name = 'b'" },
        { filter: 'nonsense' },
        { orderBy: ['tags.kind'] },
        { maxResults: 50_001 },
        { pageToken: 'no token' },
      ]) {
        await expect(store().searchExperiments(search)).rejects.toMatchObject(BAD);
      }
    });
  });
}
