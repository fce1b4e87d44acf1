import { doesNotExist, invalidParameter, MlflowError } from '../../entities/error.ts';
import type { ModelVersion } from '../../entities/registeredModel.ts';
import { unlessBroken } from '../../files/missing.ts';
import { isFile } from '../../files/read.ts';
import { createWholeFolder, remove, removeWhole } from '../../files/write.ts';
import { paginate } from '../../search/paging.ts';
import { compileModelVersionSearch } from '../../search/registry.ts';
import type { RegistryStore } from '../store.ts';
import { aliasFile, DELETED_STAGE, tagFile, versionFolder } from './layout.ts';
import {
  isLive,
  prepareVersion,
  readVersion,
  readVersionNumbers,
  readVersions,
  type VersionRecord,
  withoutStorage,
  writeAlias,
  writeTag,
  writeVersion,
} from './modelFile.ts';
import { checkTag, checkTags, parseVersion } from './names.ts';
import type { RegistryFolder } from './registryFolder.ts';
import { type ModelLookup, resolveSource } from './source.ts';
import { newestOfEachStage, parseStage } from './stages.ts';

const PAGE = { default: 10_000, limit: 200_000 };

export type ModelVersionStore = Pick<
  RegistryStore,
  | 'createModelVersion'
  | 'getModelVersion'
  | 'getModelVersionByAlias'
  | 'getLatestVersions'
  | 'searchModelVersions'
  | 'updateModelVersion'
  | 'transitionModelVersionStage'
  | 'deleteModelVersion'
  | 'setModelVersionTag'
  | 'deleteModelVersionTag'
  | 'getDownloadUri'
>;

export function modelVersionStore(registry: RegistryFolder, lookup: ModelLookup): ModelVersionStore {
  /** @throws RESOURCE_DOES_NOT_EXIST */
  async function get(name: string, version: string): Promise<VersionRecord & ModelVersion> {
    const { aliases } = await registry.get(name);
    const folder = versionFolder(registry.folderOf(name), parseVersion(version));
    const record = await unlessBroken(readVersion(folder, aliases));
    if (!isLive(record)) throw doesNotExist(`Model Version (name=${name}, version=${version}) not found`);
    return record;
  }

  async function getModelVersion(name: string, version: string): Promise<ModelVersion> {
    return withoutStorage(await get(name, version));
  }

  async function getDownloadUri(name: string, version: string): Promise<string> {
    const { storageLocation, source } = await get(name, version);
    return storageLocation || source;
  }

  /** Writes a changed version with a new time of change. */
  async function update(
    name: string,
    version: string,
    change: (record: VersionRecord) => VersionRecord,
  ): Promise<ModelVersion> {
    await registry.change(name, async (modelFolder) => {
      const record = await get(name, version);
      const folder = versionFolder(modelFolder, parseVersion(version));
      writeVersion(folder, { ...change(record), lastUpdatedTimestamp: Date.now() });
    });
    return getModelVersion(name, version);
  }

  return {
    getModelVersion,
    getDownloadUri,

    async createModelVersion(version) {
      await registry.get(version.name);
      if (version.source === '') throw invalidParameter("Missing value for required parameter 'source'.");
      checkTags(version.tags);
      const resolved = await resolveSource(version, lookup, { getModelVersion, getDownloadUri });
      return registry.change(version.name, (modelFolder, _, onFailure) => {
        const number = (readVersionNumbers(modelFolder).at(-1) ?? 0) + 1;
        const now = Date.now();
        const record: VersionRecord & ModelVersion = {
          name: version.name,
          version: String(number),
          creationTimestamp: now,
          lastUpdatedTimestamp: now,
          userId: undefined,
          currentStage: 'None',
          description: version.description ?? '',
          source: version.source,
          runLink: version.runLink,
          status: 'READY',
          statusMessage: undefined,
          tags: version.tags ?? new Map(),
          aliases: [],
          ...resolved,
        };
        const folder = versionFolder(modelFolder, number);
        onFailure(() => removeWhole(folder, modelFolder));
        createWholeFolder(folder, modelFolder, (unfinished) => {
          for (const [key, value] of record.tags) writeTag(unfinished, { key, value });
          writeVersion(unfinished, record);
        });
        return withoutStorage(record);
      });
    },

    async getModelVersionByAlias(name, alias) {
      const { aliases } = await registry.get(name);
      const version = aliases.get(alias);
      if (version === undefined) throw invalidParameter(`Registered model alias ${alias} not found.`);
      return getModelVersion(name, version);
    },

    async getLatestVersions(name, stages = []) {
      const { aliases } = await registry.get(name);
      const versions = await readVersions(registry.folderOf(name), aliases);
      return newestOfEachStage(versions, stages.length === 0 ? undefined : stages.map(parseStage));
    },

    async searchModelVersions({ filter, orderBy, maxResults, pageToken }) {
      const { matches, compare } = compileModelVersionSearch(filter, orderBy);
      const models = await registry.all();
      const all = await Promise.all(models.map(({ name, aliases }) => readVersions(registry.folderOf(name), aliases)));
      return paginate(all.flat().filter(matches).sort(compare), maxResults, pageToken, PAGE);
    },

    updateModelVersion(name, version, description) {
      return update(name, version, (record) => ({ ...record, description }));
    },

    async transitionModelVersionStage(name, version, stageName, archiveExistingVersions) {
      const stage = parseStage(stageName);
      if (archiveExistingVersions && stage !== 'Staging' && stage !== 'Production') {
        throw invalidParameter(
          `Model version transition cannot archive existing model versions because '${stage}' is not an Active stage. Valid stages are ['Staging', 'Production']`,
        );
      }
      await get(name, version);
      await registry.change(name, async (modelFolder, _, onFailure) => {
        const numbers = archiveExistingVersions ? readVersionNumbers(modelFolder).map(String) : [];
        const others = await Promise.all(numbers.map((number) => get(name, number).catch(unlessMlflowError)));
        const archived = others.filter((other) => other?.currentStage === stage && other.version !== version);
        const changes = [
          { record: await get(name, version), currentStage: stage },
          ...archived.map((record) => ({ record, currentStage: 'Archived' as const })),
        ];
        const prepared = changes.flatMap(({ record, currentStage }) => {
          if (!record) return [];
          const folder = versionFolder(modelFolder, parseVersion(record.version));
          const file = prepareVersion(folder, { ...record, currentStage, lastUpdatedTimestamp: Date.now() });
          onFailure(() => file.discard());
          return { file, undo: () => writeVersion(folder, record) };
        });
        for (const { file, undo } of prepared) {
          file.commit();
          onFailure(undo);
        }
      });
      return getModelVersion(name, version);
    },

    async deleteModelVersion(name, version) {
      await registry.change(name, async (modelFolder, _, onFailure) => {
        const record = await get(name, version);
        const folder = versionFolder(modelFolder, parseVersion(version));
        writeVersion(folder, { ...record, currentStage: DELETED_STAGE, lastUpdatedTimestamp: Date.now() });
        onFailure(() => writeVersion(folder, record));
        for (const alias of record.aliases) {
          remove(aliasFile(modelFolder, alias));
          onFailure(() => writeAlias(modelFolder, alias, record.version));
        }
      });
    },

    async setModelVersionTag(name, version, { key, value }) {
      checkTag(key, value);
      await get(name, version);
      await registry.change(name, (modelFolder) =>
        writeTag(versionFolder(modelFolder, parseVersion(version)), { key, value }),
      );
    },

    async deleteModelVersionTag(name, version, key) {
      checkTag(key);
      await get(name, version);
      await registry.change(name, (modelFolder) => {
        const file = tagFile(versionFolder(modelFolder, parseVersion(version)), key);
        if (isFile(file)) remove(file);
      });
    },
  };
}

/** A deleted or broken version is none. */
function unlessMlflowError(error: unknown): undefined {
  if (!(error instanceof MlflowError)) throw error;
}
