import { alreadyExists, invalidParameter } from '../../entities/error.ts';
import type { RegisteredModel } from '../../entities/registeredModel.ts';
import { unlessBroken } from '../../files/missing.ts';
import { isFile } from '../../files/read.ts';
import { allOrNothing, copyFolder, createWholeFolder, discard, remove, removeWhole } from '../../files/write.ts';
import { paginate } from '../../search/paging.ts';
import { compileRegisteredModelSearch } from '../../search/registry.ts';
import type { RegistryStore } from '../store.ts';
import { aliasFile, tagFile, versionFolder } from './layout.ts';
import {
  type ModelRecord,
  readVersion,
  readVersionNumbers,
  readVersions,
  writeAlias,
  writeModel,
  writeTag,
  writeVersion,
} from './modelFile.ts';
import { checkAlias, checkModelName, checkTag, checkTags, parseVersion } from './names.ts';
import type { RegistryFolder } from './registryFolder.ts';
import { newestOfEachStage } from './stages.ts';

const PAGE = { default: 100, limit: 1_000 };

export type RegisteredModelStore = Pick<
  RegistryStore,
  | 'createRegisteredModel'
  | 'getRegisteredModel'
  | 'searchRegisteredModels'
  | 'renameRegisteredModel'
  | 'updateRegisteredModel'
  | 'deleteRegisteredModel'
  | 'setRegisteredModelTag'
  | 'deleteRegisteredModelTag'
  | 'setAlias'
  | 'deleteAlias'
>;

export function registeredModelStore(
  registry: RegistryFolder,
  getModelVersion: RegistryStore['getModelVersion'],
): RegisteredModelStore {
  async function complete(model: ModelRecord): Promise<RegisteredModel> {
    const versions = await readVersions(registry.folderOf(model.name), model.aliases);
    // Of a version that is being deleted they may be left.
    const aliases = [...model.aliases].filter(([, target]) => versions.some(({ version }) => version === target));
    return { ...model, aliases: new Map(aliases), latestVersions: newestOfEachStage(versions) };
  }

  async function checkNameIsFree(name: string): Promise<void> {
    checkModelName(name);
    if (await registry.find(name)) throw alreadyExists(`Registered Model (name=${name}) already exists.`);
  }

  return {
    async createRegisteredModel({ name, description = '', tags = new Map() }) {
      checkTags(tags);
      return registry.takeTurn(async () => {
        await checkNameIsFree(name);
        const now = Date.now();
        const folder = registry.folderOf(name);
        const times = { creationTimestamp: now, lastUpdatedTimestamp: now };
        const model: ModelRecord = { name, description, tags, aliases: new Map(), ...times };
        await allOrNothing((onFailure) => {
          onFailure(() => discard(folder));
          // First, for MLflow's reader fails at a model without it.
          writeModel(folder, model);
          for (const [key, value] of tags) writeTag(folder, { key, value });
        });
        registry.announce(name);
        return { ...model, latestVersions: [] };
      });
    },

    async getRegisteredModel(name) {
      return complete(await registry.get(name));
    },

    async searchRegisteredModels({ filter, orderBy, maxResults, pageToken }) {
      const { matches, compare } = compileRegisteredModelSearch(filter, orderBy);
      const models = await Promise.all((await registry.all()).map(complete));
      return paginate(models.filter(matches).sort(compare), maxResults, pageToken, PAGE);
    },

    async renameRegisteredModel(name, newName) {
      return registry.takeTurn(async () => {
        const model = await registry.get(name);
        await checkNameIsFree(newName);
        const [before, folder] = [registry.folderOf(name), registry.folderOf(newName)];
        const versions = await Promise.all(
          readVersionNumbers(before).map((number) =>
            unlessBroken(readVersion(versionFolder(before, number), new Map())),
          ),
        );
        // All of it is there under the new name before it goes under the old one.
        createWholeFolder(folder, before, (unfinished) => {
          copyFolder(before, unfinished);
          for (const version of versions) {
            if (!version) continue;
            writeVersion(versionFolder(unfinished, Number(version.version)), { ...version, name: newName });
          }
          writeModel(unfinished, { ...model, name: newName, lastUpdatedTimestamp: Date.now() });
        });
        await allOrNothing((onFailure) => {
          onFailure(() => removeWhole(folder, before));
          removeWhole(before, folder);
        });
        registry.announce(name);
        registry.announce(newName);
        return complete(await registry.get(newName));
      });
    },

    async updateRegisteredModel(name, description) {
      await registry.change(name, () => {}, { description });
      return complete(await registry.get(name));
    },

    async deleteRegisteredModel(name) {
      return registry.takeTurn(async () => {
        await registry.get(name);
        removeWhole(registry.folderOf(name));
        registry.announce(name);
      });
    },

    async setRegisteredModelTag(name, { key, value }) {
      checkTag(key, value);
      await registry.change(name, (folder) => writeTag(folder, { key, value }));
    },

    async deleteRegisteredModelTag(name, key) {
      checkTag(key);
      await registry.change(name, (folder) => {
        if (isFile(tagFile(folder, key))) remove(tagFile(folder, key));
      });
    },

    async setAlias(name, alias, version) {
      checkAlias(alias);
      await getModelVersion(name, version);
      await registry.change(name, (folder, _, onFailure) =>
        writeAlias(folder, alias, String(parseVersion(version)), onFailure),
      );
    },

    async deleteAlias(name, alias) {
      if (!/^[\w-]+$/.test(alias)) throw invalidParameter(`Invalid alias name: '${alias}'.`);
      await registry.change(name, (folder) => remove(aliasFile(folder, alias)));
    },
  };
}
