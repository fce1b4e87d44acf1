import path from 'node:path';
import { doesNotExist, invalidParameter } from '../../entities/error.ts';
import { checkExperimentId, checkKey, checkNamesFit } from '../../entities/limits.ts';
import type { LoggedModel } from '../../entities/loggedModel.ts';
import { isSystemError, unlessBroken } from '../../files/missing.ts';
import { isFile } from '../../files/read.ts';
import { allOrNothing, discard, makeFolder, remove } from '../../files/write.ts';
import { compileLoggedModelSearch } from '../../search/loggedModels.ts';
import { paginate } from '../../search/paging.ts';
import type { LoggedModelStore } from '../store.ts';
import type { StoreContext } from './context.ts';
import { readExperimentInfo } from './experimentFile.ts';
import { newModelId } from './ids.ts';
import { checkKeysFit, writeKeyFile } from './keyFiles.ts';
import { ARTIFACTS, artifactUri, keyFile, METRICS, MODELS, metaFile, PARAMS, TAGS } from './layout.ts';
import { readLoggedModel, writeLoggedModel } from './loggedModelFile.ts';
import { randomName } from './randomName.ts';

const PAGE = { default: 100, limit: 1_000 };
const BAD_NAME = /[/:.%"']/;

export function loggedModelStore(context: StoreContext): LoggedModelStore {
  const { folder, feed, problems, turns } = context;

  const announce = ({ experimentId, modelId }: LoggedModel) =>
    feed.announce({ kind: 'loggedModel', experimentId, modelId });

  /** What cannot be read is reported, and left out. */
  async function readForList(modelFolder: string): Promise<LoggedModel | undefined> {
    return read(modelFolder).catch(() => undefined);
  }

  /** @throws the system's error, where it could not give the file. */
  async function read(modelFolder: string): Promise<LoggedModel | undefined> {
    const experimentId = path.basename(path.dirname(path.dirname(modelFolder)));
    const report = problems.reader(modelFolder, { experimentId });
    try {
      return await readLoggedModel(modelFolder);
    } catch (error) {
      report(metaFile(modelFolder), error instanceof Error ? error.message : String(error));
      if (isSystemError(error)) throw error;
      return undefined;
    }
  }

  async function getLoggedModel(modelId: string, options?: { readonly allowDeleted?: boolean }): Promise<LoggedModel> {
    const model = await read(folder.modelFolder(modelId));
    if (!model || (model.lifecycleStage === 'deleted' && !options?.allowDeleted)) {
      throw doesNotExist(`Model '${modelId}' not found`);
    }
    return model;
  }

  function change(
    modelId: string,
    write: (modelFolder: string, model: LoggedModel) => LoggedModel,
  ): Promise<LoggedModel> {
    return turns.take(modelId, async () => {
      const modelFolder = folder.modelFolder(modelId);
      const model = await getLoggedModel(modelId);
      const changed = write(modelFolder, model);
      if (changed !== model) writeLoggedModel(modelFolder, changed);
      announce(model);
      return changed;
    });
  }

  return {
    getLoggedModel,

    async createLoggedModel({ experimentId, name, modelType, sourceRunId, params = new Map(), tags = new Map() }) {
      const experiment = await unlessBroken(readExperimentInfo(folder.experimentFolder(experimentId)));
      if (experiment?.lifecycleStage !== 'active') {
        throw invalidParameter(`Could not create model under non-active experiment with ID ${experimentId}.`);
      }
      if (name !== undefined) checkName(name);
      for (const key of [...params.keys(), ...tags.keys()]) checkKey(key, 'key');
      for (const keys of [params.keys(), tags.keys()]) checkNamesFit(keys);
      const modelId = newModelId();
      const modelFolder = path.join(folder.activeFolder(experimentId), MODELS, modelId);
      const now = Date.now();
      const model: LoggedModel = {
        modelId,
        experimentId,
        name: name ?? randomName(),
        creationTimestamp: now,
        lastUpdatedTimestamp: now,
        artifactUri: artifactUri(experiment.artifactLocation, MODELS, modelId, ARTIFACTS),
        status: 'LOGGED_MODEL_PENDING',
        statusMessage: undefined,
        modelType,
        sourceRunId,
        lifecycleStage: 'active',
        tags,
        params,
        metrics: [],
      };
      await allOrNothing((onFailure) => {
        onFailure(() => discard(modelFolder));
        for (const kind of [METRICS, PARAMS, TAGS]) makeFolder(path.join(modelFolder, kind));
        for (const [key, value] of params) writeKeyFile(modelFolder, PARAMS, key, value);
        for (const [key, value] of tags) writeKeyFile(modelFolder, TAGS, key, value);
        // It makes the folder a model.
        writeLoggedModel(modelFolder, model);
      });
      announce(model);
      return model;
    },

    async searchLoggedModels(search) {
      const { matches, compare } = compileLoggedModelSearch(search);
      const found: LoggedModel[] = [];
      for (const experimentId of new Set(search.experimentIds)) {
        checkExperimentId(experimentId);
        for (const modelFolder of folder.modelFolders(folder.activeFolder(experimentId))) {
          const model = await readForList(modelFolder);
          if (model?.lifecycleStage === 'active' && matches(model)) found.push(model);
        }
      }
      return paginate(found.sort(compare), search.maxResults, search.pageToken, PAGE);
    },

    finalizeLoggedModel(modelId, status) {
      return change(modelId, (_, model) => ({ ...model, status, lastUpdatedTimestamp: Date.now() }));
    },

    async deleteLoggedModel(modelId) {
      await change(modelId, (_, model) => ({
        ...model,
        lifecycleStage: 'deleted',
        lastUpdatedTimestamp: Date.now(),
      }));
    },

    async setLoggedModelTags(modelId, tags) {
      for (const { key } of tags) checkKey(key, 'key');
      await change(modelId, (modelFolder, model) => {
        checkKeysFit(
          modelFolder,
          TAGS,
          tags.map(({ key }) => key),
        );
        for (const { key, value } of tags) writeKeyFile(modelFolder, TAGS, key, value);
        return model;
      });
    },

    async deleteLoggedModelTag(modelId, key) {
      checkKey(key, 'key');
      await change(modelId, (modelFolder, model) => {
        const file = keyFile(modelFolder, TAGS, key);
        if (!isFile(file)) throw doesNotExist(`No tag with key '${key}' found for model with ID '${modelId}'.`);
        remove(file);
        return model;
      });
    },

    async logLoggedModelParams(modelId, params) {
      for (const key of params.keys()) checkKey(key, 'key');
      await change(modelId, (modelFolder, model) => {
        checkKeysFit(modelFolder, PARAMS, [...params.keys()]);
        for (const [key, value] of params) writeKeyFile(modelFolder, PARAMS, key, value);
        return model;
      });
    },
  };
}

function checkName(name: string): void {
  if (name !== '' && !BAD_NAME.test(name)) return;
  throw invalidParameter(
    `Invalid model name ('${name}') provided. Model name must be a non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '"', "'")`,
  );
}
