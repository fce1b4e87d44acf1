import { invalidParameter, MlflowError } from '../entities/error.ts';
import { parseJson, toJson } from '../entities/jsonText.ts';
import type { ModelVersion, ModelVersionStage } from '../entities/registeredModel.ts';
import type { LoggedModelStore } from '../tracking/store.ts';
import { modelVersionJson, pageJson } from './json.ts';
import { readSearch, readTag, readTags } from './reading.ts';
import type { MessageHandler } from './route.ts';

const STAGES: readonly ModelVersionStage[] = ['None', 'Staging', 'Production', 'Archived'];

export const createModelVersion: MessageHandler = async ({ registry, tracking }, message) => {
  const version = await registry.createModelVersion({
    name: message.text('name'),
    source: message.text('source'),
    runId: message.optionalText('run_id'),
    runLink: message.optionalText('run_link'),
    modelId: message.optionalText('model_id'),
    description: message.optionalText('description'),
    tags: readTags(message),
  });
  if (version.modelId !== undefined) await noteVersion(tracking, version.modelId, version);
  return { model_version: modelVersionJson(version) };
};

/** The tag of a logged model that names its versions: JSON, `[{"name": …, "version": …}]`. */
const MODEL_VERSIONS_TAG = 'mlflow.modelVersions';

/** The model may belong to another store, and its tag may hold anything: the version is there all the same. */
async function noteVersion(
  tracking: LoggedModelStore,
  modelId: string,
  { name, version }: ModelVersion,
): Promise<void> {
  try {
    const noted = (await tracking.getLoggedModel(modelId)).tags.get(MODEL_VERSIONS_TAG);
    const before = toJson(parseJson(noted ?? '[]'));
    const versions = [...(Array.isArray(before) ? before : []), { name, version: Number(version) }];
    await tracking.setLoggedModelTags(modelId, [{ key: MODEL_VERSIONS_TAG, value: JSON.stringify(versions) }]);
  } catch (error) {
    if (!(error instanceof MlflowError || error instanceof SyntaxError)) throw error;
  }
}

export const getModelVersion: MessageHandler = async ({ registry }, message) => ({
  model_version: modelVersionJson(await registry.getModelVersion(message.text('name'), message.text('version'))),
});

export const searchModelVersions: MessageHandler = async ({ registry }, message) =>
  pageJson('model_versions', await registry.searchModelVersions(readSearch(message)), modelVersionJson);

export const updateModelVersion: MessageHandler = async ({ registry }, message) => ({
  model_version: modelVersionJson(
    await registry.updateModelVersion(message.text('name'), message.text('version'), message.anyText('description')),
  ),
});

export const transitionModelVersionStage: MessageHandler = async ({ registry }, message) => {
  const version = await registry.transitionModelVersionStage(
    message.text('name'),
    message.text('version'),
    parseStage(message.text('stage')),
    message.flag('archive_existing_versions') ?? false,
  );
  return { model_version: modelVersionJson(version) };
};

export const deleteModelVersion: MessageHandler = async ({ registry }, message) => {
  await registry.deleteModelVersion(message.text('name'), message.text('version'));
  return {};
};

export const setModelVersionTag: MessageHandler = async ({ registry }, message) => {
  await registry.setModelVersionTag(message.text('name'), message.text('version'), readTag(message));
  return {};
};

export const deleteModelVersionTag: MessageHandler = async ({ registry }, message) => {
  await registry.deleteModelVersionTag(message.text('name'), message.text('version'), message.text('key'));
  return {};
};

export const getDownloadUri: MessageHandler = async ({ registry }, message) => ({
  artifact_uri: await registry.getDownloadUri(message.text('name'), message.text('version')),
});

function parseStage(text: string): ModelVersionStage {
  const stage = STAGES.find((known) => known.toLowerCase() === text.toLowerCase());
  if (!stage) {
    throw invalidParameter(`Invalid Model Version stage: ${text}. Value must be one of ${STAGES.join(', ')}.`);
  }
  return stage;
}
