import { beforeEach, describe, expect, test } from 'vitest';
import type { RegistryStore } from '../../src/registry/store.ts';
import type { TrackingStore } from '../../src/tracking/store.ts';
import { allPages, BAD, BAD_KEYS, KEYS, MISSING, type Open, TAKEN, TEXTS } from './openStore.ts';
import { withStore } from './withStore.ts';

/** A registry, and the store whose runs and models its versions come from. */
export interface Stores {
  readonly registry: RegistryStore;
  readonly tracking: TrackingStore;
}

const PROMPT = new Map([['mlflow.prompt.is_prompt', 'true']]);

/** What every `RegistryStore` does. `open` makes a new, empty one. */
export function describeRegistryStore(name: string, open: Open<Stores>): void {
  describe(name, () => {
    const stores = withStore(open);
    const store = () => stores().registry;
    const pairs = new Map(KEYS.map((key, at) => [key, TEXTS[at] ?? '']));

    /** Registers models `m` with so many versions. */
    async function register(model: string, versions = 0): Promise<void> {
      await store().createRegisteredModel({ name: model });
      for (let at = 0; at < versions; at++) await store().createModelVersion({ name: model, source: `s3://b/${at}` });
    }
    const modelNames = async (search: Parameters<RegistryStore['searchRegisteredModels']>[0] = {}) =>
      (await store().searchRegisteredModels(search)).items.map((model) => model.name);
    const versionNames = async (search: Parameters<RegistryStore['searchModelVersions']>[0] = {}) =>
      (await store().searchModelVersions(search)).items.map((it) => `${it.name}/${it.version}`);

    describe('registered models', () => {
      test('a new one is found by name and by search', async () => {
        const model = await store().createRegisteredModel({ name: 'größe 精 1', description: 'd\n', tags: pairs });
        expect(model).toMatchObject({ name: 'größe 精 1', description: 'd\n', tags: pairs, latestVersions: [] });
        expect(model.aliases).toEqual(new Map());
        expect(await store().getRegisteredModel(model.name)).toEqual(model);
        expect(await store().searchRegisteredModels({})).toMatchObject({ items: [model] });
        await expect(store().createRegisteredModel({ name: model.name })).rejects.toMatchObject(TAKEN);
      });

      test.each(['', ' ', 'a/b', 'a:b', 'a\\b', 'a%2fb', '.', '..', 'a\0b', 'n'.repeat(256)])(
        '%j is no name',
        async (bad) => {
          await expect(store().createRegisteredModel({ name: bad })).rejects.toMatchObject(BAD);
          expect(await modelNames()).toEqual([]);
        },
      );

      test('of many that want one name, one gets it', async () => {
        const asked = Array.from({ length: 8 }, () => store().createRegisteredModel({ name: 'wanted' }));
        const settled = await Promise.allSettled(asked);
        expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      });

      test('what is not there is missing', async () => {
        for (const ask of [
          () => store().getRegisteredModel('none'),
          () => store().renameRegisteredModel('none', 'x'),
          () => store().updateRegisteredModel('none', 'x'),
          () => store().deleteRegisteredModel('none'),
          () => store().setRegisteredModelTag('none', { key: 'k', value: 'v' }),
          () => store().getLatestVersions('none'),
          () => store().createModelVersion({ name: 'none', source: 's3://b/a' }),
          () => store().getModelVersion('none', '1'),
        ]) {
          await expect(ask()).rejects.toMatchObject(MISSING);
        }
        expect(await modelNames()).toEqual([]);
      });

      test('description and tags change, and the time of change with them', async () => {
        const made = await store().createRegisteredModel({ name: 'm', tags: pairs });
        const updated = await store().updateRegisteredModel('m', 'new');
        expect(updated).toEqual({ ...made, description: 'new', lastUpdatedTimestamp: updated.lastUpdatedTimestamp });
        expect(updated.lastUpdatedTimestamp).toBeGreaterThanOrEqual(made.lastUpdatedTimestamp);
        await store().setRegisteredModelTag('m', { key: 'plain', value: 'again' });
        await store().deleteRegisteredModelTag('m', 'val/loss');
        await store().deleteRegisteredModelTag('m', 'val/loss');
        const expected = new Map(pairs).set('plain', 'again');
        expected.delete('val/loss');
        expect((await store().getRegisteredModel('m')).tags).toEqual(expected);
        for (const key of BAD_KEYS) {
          await expect(store().setRegisteredModelTag('m', { key, value: '' })).rejects.toMatchObject(BAD);
        }
      });

      test('a renamed one keeps its versions, tags and aliases', async () => {
        await store().createRegisteredModel({ name: 'old', description: 'd', tags: pairs });
        await store().createModelVersion({ name: 'old', source: 's3://b/1', tags: pairs });
        await store().createModelVersion({ name: 'old', source: 's3://b/2' });
        await store().setAlias('old', 'champion', '1');
        await store().deleteModelVersion('old', '2');
        await register('other');
        await expect(store().renameRegisteredModel('old', 'other')).rejects.toMatchObject(TAKEN);
        await expect(store().renameRegisteredModel('old', 'a/b')).rejects.toMatchObject(BAD);
        const renamed = await store().renameRegisteredModel('old', 'new');
        expect(renamed).toMatchObject({ name: 'new', description: 'd', tags: pairs });
        expect(renamed.aliases).toEqual(new Map([['champion', '1']]));
        expect(await store().getModelVersion('new', '1')).toMatchObject({
          name: 'new',
          source: 's3://b/1',
          tags: pairs,
        });
        expect(await modelNames()).toEqual(['new', 'other']);
        // The number of a deleted version stays taken.
        expect((await store().createModelVersion({ name: 'new', source: 's3://b/3' })).version).toBe('3');
      });

      test('a deleted one is gone with its versions', async () => {
        await register('m', 2);
        await store().deleteRegisteredModel('m');
        await expect(store().getRegisteredModel('m')).rejects.toMatchObject(MISSING);
        expect(await versionNames()).toEqual([]);
        await register('m', 1);
        expect(await versionNames()).toEqual(['m/1']);
      });

      test('searches filter, order and page', async () => {
        for (const name of ['b', 'a', 'C']) {
          await store().createRegisteredModel({ name, tags: new Map([['kind', name === 'C' ? 'x' : 'y']]) });
        }
        expect(await modelNames()).toEqual(['C', 'a', 'b']);
        expect(await modelNames({ orderBy: ['name DESC'] })).toEqual(['b', 'a', 'C']);
        expect(await modelNames({ filter: "tags.kind = 'y' AND name LIKE 'a%'" })).toEqual(['a']);
        expect(await modelNames({ filter: "name ILIKE 'c'" })).toEqual(['C']);
        const pages = await allPages((pageToken) => store().searchRegisteredModels({ maxResults: 2, pageToken }));
        expect(pages.map((page) => page.map((model) => model.name))).toEqual([['C', 'a'], ['b']]);
        for (const search of [{ filter: "version = '1'" }, { orderBy: ['timestamp'] }, { maxResults: 1_001 }]) {
          await expect(store().searchRegisteredModels(search)).rejects.toMatchObject(BAD);
        }
      });

      test('prompts are shown to whom asks for them', async () => {
        await register('model');
        await store().createRegisteredModel({ name: 'prompt', tags: PROMPT });
        expect(await modelNames()).toEqual(['model']);
        expect(await modelNames({ filter: "tags.`mlflow.prompt.is_prompt` = 'true'" })).toEqual(['prompt']);
        expect(await modelNames({ filter: "tags.`mlflow.prompt.is_prompt` != 'true'" })).toEqual(['model']);
      });
    });

    describe('model versions', () => {
      test('of what is refused nothing is done', async () => {
        const tags = new Map([
          ['a/b', '1'],
          ['a', '2'],
        ]);
        await expect(store().createRegisteredModel({ name: 'half', tags })).rejects.toMatchObject(BAD);
        await expect(store().getRegisteredModel('half')).rejects.toMatchObject(MISSING);
        await store().createRegisteredModel({ name: 'half' });
        const version = { name: 'half', source: 's3://bucket/a', tags };
        await expect(store().createModelVersion(version)).rejects.toMatchObject(BAD);
        expect((await store().searchModelVersions({})).items).toEqual([]);
        expect((await store().createModelVersion({ ...version, tags: new Map() })).version).toBe('1');
      });

      beforeEach(() => register('m'));

      test('a new one has the next number', async () => {
        const version = await store().createModelVersion({
          name: 'm',
          source: 's3://bucket/größe',
          runLink: 'https://example.org/run',
          description: 'd',
          tags: pairs,
        });
        expect(version).toMatchObject({
          name: 'm',
          version: '1',
          source: 's3://bucket/größe',
          runLink: 'https://example.org/run',
          description: 'd',
          tags: pairs,
          currentStage: 'None',
          status: 'READY',
          aliases: [],
        });
        expect(await store().getModelVersion('m', '1')).toEqual(version);
        expect((await store().getRegisteredModel('m')).latestVersions).toEqual([version]);
        expect(await store().getDownloadUri('m', '1')).toBe('s3://bucket/größe');
      });

      test('each of many that are made at once has a number of its own', async () => {
        const asked = Array.from({ length: 12 }, () => store().createModelVersion({ name: 'm', source: 's3://b/a' }));
        const numbers = (await Promise.all(asked)).map(({ version }) => Number(version));
        expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, at) => at + 1));
      });

      test('numbers are never used again', async () => {
        await store().createModelVersion({ name: 'm', source: 's3://b/1' });
        await store().deleteModelVersion('m', '1');
        await expect(store().getModelVersion('m', '1')).rejects.toMatchObject(MISSING);
        await expect(store().deleteModelVersion('m', '1')).rejects.toMatchObject(MISSING);
        expect(await versionNames()).toEqual([]);
        expect((await store().createModelVersion({ name: 'm', source: 's3://b/2' })).version).toBe('2');
      });

      test.each(['x', '', '1.5', '-1', '../1'])('%j is no version', async (version) => {
        await expect(store().getModelVersion('m', version)).rejects.toMatchObject(BAD);
      });

      test('description and tags change', async () => {
        const made = await store().createModelVersion({ name: 'm', source: 's3://b/1' });
        const updated = await store().updateModelVersion('m', '1', 'new');
        expect(updated).toEqual({ ...made, description: 'new', lastUpdatedTimestamp: updated.lastUpdatedTimestamp });
        for (const [key, value] of pairs) await store().setModelVersionTag('m', '1', { key, value });
        await store().deleteModelVersionTag('m', '1', 'plain');
        await store().deleteModelVersionTag('m', '1', 'plain');
        const expected = new Map(pairs);
        expected.delete('plain');
        expect((await store().getModelVersion('m', '1')).tags).toEqual(expected);
        await expect(store().setModelVersionTag('m', '2', { key: 'k', value: '' })).rejects.toMatchObject(MISSING);
        for (const key of BAD_KEYS) {
          await expect(store().setModelVersionTag('m', '1', { key, value: '' })).rejects.toMatchObject(BAD);
        }
      });

      test('aliases point to one version, move, and go with it', async () => {
        for (const at of [1, 2]) await store().createModelVersion({ name: 'm', source: `s3://b/${at}` });
        await store().setAlias('m', 'champion', '1');
        await store().setAlias('m', 'other', '2');
        expect(await store().getModelVersionByAlias('m', 'champion')).toMatchObject({ version: '1' });
        await store().setAlias('m', 'champion', '2');
        expect((await store().getModelVersion('m', '1')).aliases).toEqual([]);
        expect((await store().getModelVersion('m', '2')).aliases.toSorted()).toEqual(['champion', 'other']);
        await store().deleteAlias('m', 'other');
        await store().deleteAlias('m', 'other');
        await expect(store().getModelVersionByAlias('m', 'other')).rejects.toMatchObject(BAD);
        await store().deleteModelVersion('m', '2');
        expect((await store().getRegisteredModel('m')).aliases).toEqual(new Map());
        await expect(store().setAlias('m', 'champion', '2')).rejects.toMatchObject(MISSING);
      });

      test.each(['latest', 'LATEST', 'v1', 'V23', '', 'a/b', 'a b', '../m', 'a'.repeat(256)])(
        '%j is no alias',
        async (alias) => {
          await store().createModelVersion({ name: 'm', source: 's3://b/1' });
          await expect(store().setAlias('m', alias, '1')).rejects.toMatchObject(BAD);
          expect((await store().getRegisteredModel('m')).aliases).toEqual(new Map());
        },
      );

      test('stages: the newest of each is the latest, others are archived on demand', async () => {
        for (const at of [1, 2, 3]) await store().createModelVersion({ name: 'm', source: `s3://b/${at}` });
        expect((await store().transitionModelVersionStage('m', '1', 'Staging', false)).currentStage).toBe('Staging');
        await store().transitionModelVersionStage('m', '2', 'Staging', false);
        const latest = async (stages?: string[]) =>
          (await store().getLatestVersions('m', stages)).map((it) => `${it.currentStage} ${it.version}`).sort();
        expect(await latest()).toEqual(['None 3', 'Staging 2']);
        expect(await latest(['staging'])).toEqual(['Staging 2']);
        expect(await latest(['Production'])).toEqual([]);
        await store().transitionModelVersionStage('m', '3', 'Staging', true);
        expect(await latest()).toEqual(['Archived 2', 'Staging 3']);
        await expect(store().transitionModelVersionStage('m', '3', 'Archived', true)).rejects.toMatchObject(BAD);
        await expect(store().getLatestVersions('m', ['nonsense'])).rejects.toMatchObject(BAD);
        await expect(store().transitionModelVersionStage('m', '9', 'Staging', true)).rejects.toMatchObject(MISSING);
      });

      test('searches filter, order and page', async () => {
        for (const at of [1, 2, 3]) await store().createModelVersion({ name: 'm', source: `s3://b/${at}` });
        await register('a', 1);
        await store().setModelVersionTag('m', '2', { key: 'k', value: 'v' });
        expect(await versionNames({ orderBy: ['name', 'version_number DESC'] })).toEqual(['a/1', 'm/3', 'm/2', 'm/1']);
        expect(await versionNames({ filter: "name = 'm' AND version_number > 2" })).toEqual(['m/3']);
        expect(await versionNames({ filter: "tags.k = 'v'" })).toEqual(['m/2']);
        expect(await versionNames({ filter: "source_path LIKE '%/1'", orderBy: ['version_number'] })).toEqual(['m/1']);
        const pages = await allPages((pageToken) =>
          store().searchModelVersions({ filter: "name = 'm'", orderBy: ['version_number'], maxResults: 2, pageToken }),
        );
        expect(pages.map((page) => page.map(({ version }) => version))).toEqual([['1', '2'], ['3']]);
        for (const filter of ["status = 'READY'", "source_path IN ('a')", "name = 'm' OR name = 'a'"]) {
          await expect(store().searchModelVersions({ filter })).rejects.toMatchObject(BAD);
        }
      });
    });

    describe('sources of versions', () => {
      beforeEach(() => register('m'));

      test('a path in a run leads to its artifacts', async () => {
        const { info } = await stores().tracking.createRun({ experimentId: '0' });
        const source = `runs:/${info.runId}/model`;
        const version = await store().createModelVersion({ name: 'm', source });
        expect(version).toMatchObject({ source, runId: info.runId });
        expect(await store().getDownloadUri('m', '1')).toBe(`${info.artifactUri}/model`);
      });

      test('a logged model leads to its files, run and id', async () => {
        const { runId } = (await stores().tracking.createRun({ experimentId: '0' })).info;
        const model = await stores().tracking.createLoggedModel({ experimentId: '0', name: 'net', sourceRunId: runId });
        await stores().tracking.logOutputs(runId, [{ modelId: model.modelId, step: 0 }]);
        for (const source of [`models:/${model.modelId}`, `runs:/${runId}/net`]) {
          const { version, ...rest } = await store().createModelVersion({ name: 'm', source });
          expect(rest).toMatchObject({ source, runId, modelId: model.modelId });
          expect(await store().getDownloadUri('m', version)).toBe(model.artifactUri);
        }
      });

      test('a copy leads to where its original does', async () => {
        await store().createModelVersion({ name: 'm', source: 's3://bucket/a' });
        await register('copy');
        await store().createModelVersion({ name: 'copy', source: 'models:/m/1' });
        await store().createModelVersion({ name: 'copy', source: 'models:/copy/1' });
        expect(await store().getDownloadUri('copy', '2')).toBe('s3://bucket/a');
        await expect(store().createModelVersion({ name: 'copy', source: 'models:/m/9' })).rejects.toMatchObject(
          MISSING,
        );
      });

      test.each([
        '',
        '/etc',
        'file:///etc/passwd',
        'file://host/share',
        'relative/path',
        '../up',
        's3://bucket/../other',
        's3://bucket/%2e%2e/other',
        's3://bucket/%252e%252e/other',
        'mlflow-artifacts:/0/a/..%2f..%2fetc',
      ])('%j is refused', async (source) => {
        const { runId } = (await stores().tracking.createRun({ experimentId: '0' })).info;
        await expect(store().createModelVersion({ name: 'm', source })).rejects.toMatchObject(BAD);
        await expect(store().createModelVersion({ name: 'm', source, runId })).rejects.toMatchObject(BAD);
        expect(await versionNames()).toEqual([]);
      });

      test('a prompt has a source that names nothing', async () => {
        await store().createModelVersion({ name: 'm', source: 'prompt-template', tags: PROMPT });
        for (const source of ['/etc/passwd', 'file:///etc/passwd', 'C:\\Windows']) {
          await expect(store().createModelVersion({ name: 'm', source, tags: PROMPT })).rejects.toMatchObject(BAD);
        }
      });
    });
  });
}
