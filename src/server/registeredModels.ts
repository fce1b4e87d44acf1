import { list, modelVersionJson, pageJson, registeredModelJson } from './json.ts';
import { readSearch, readTag, readTags } from './reading.ts';
import type { MessageHandler } from './route.ts';

export const createRegisteredModel: MessageHandler = async ({ registry }, message) => ({
  registered_model: registeredModelJson(
    await registry.createRegisteredModel({
      name: message.text('name'),
      description: message.optionalText('description'),
      tags: readTags(message),
    }),
  ),
});

export const getRegisteredModel: MessageHandler = async ({ registry }, message) => ({
  registered_model: registeredModelJson(await registry.getRegisteredModel(message.text('name'))),
});

export const searchRegisteredModels: MessageHandler = async ({ registry }, message) =>
  pageJson('registered_models', await registry.searchRegisteredModels(readSearch(message)), registeredModelJson);

export const renameRegisteredModel: MessageHandler = async ({ registry }, message) => ({
  registered_model: registeredModelJson(
    await registry.renameRegisteredModel(message.text('name'), message.text('new_name')),
  ),
});

export const updateRegisteredModel: MessageHandler = async ({ registry }, message) => ({
  registered_model: registeredModelJson(
    await registry.updateRegisteredModel(message.text('name'), message.anyText('description')),
  ),
});

export const deleteRegisteredModel: MessageHandler = async ({ registry }, message) => {
  await registry.deleteRegisteredModel(message.text('name'));
  return {};
};

export const getLatestVersions: MessageHandler = async ({ registry }, message) => {
  const stages = message.texts('stages');
  const versions = await registry.getLatestVersions(message.text('name'), stages.length > 0 ? stages : undefined);
  return list('model_versions', versions.map(modelVersionJson));
};

export const setRegisteredModelTag: MessageHandler = async ({ registry }, message) => {
  await registry.setRegisteredModelTag(message.text('name'), readTag(message));
  return {};
};

export const deleteRegisteredModelTag: MessageHandler = async ({ registry }, message) => {
  await registry.deleteRegisteredModelTag(message.text('name'), message.text('key'));
  return {};
};

export const setAlias: MessageHandler = async ({ registry }, message) => {
  await registry.setAlias(message.text('name'), message.text('alias'), message.text('version'));
  return {};
};

export const deleteAlias: MessageHandler = async ({ registry }, message) => {
  await registry.deleteAlias(message.text('name'), message.text('alias'));
  return {};
};

export const getModelVersionByAlias: MessageHandler = async ({ registry }, message) => ({
  model_version: modelVersionJson(await registry.getModelVersionByAlias(message.text('name'), message.text('alias'))),
});
