import { doesNotExist } from '../entities/error.ts';
import type { ViewType } from '../entities/lifecycle.ts';
import { experimentJson, pageJson } from './json.ts';
import { readSearch, readTag, readTags } from './reading.ts';
import type { MessageHandler } from './route.ts';

export const VIEW_TYPES: readonly (ViewType | undefined)[] = [undefined, 'ACTIVE_ONLY', 'DELETED_ONLY', 'ALL'];

export const createExperiment: MessageHandler = async ({ tracking }, message) => ({
  experiment_id: await tracking.createExperiment({
    name: message.text('name'),
    artifactLocation: message.optionalText('artifact_location'),
    tags: readTags(message),
  }),
});

export const getExperiment: MessageHandler = async ({ tracking }, message) => ({
  experiment: experimentJson(await tracking.getExperiment(message.text('experiment_id'))),
});

export const getExperimentByName: MessageHandler = async ({ tracking }, message) => {
  const name = message.text('experiment_name');
  const experiment = await tracking.getExperimentByName(name);
  if (!experiment) throw doesNotExist(`Could not find experiment with name '${name}'`);
  return { experiment: experimentJson(experiment) };
};

export const searchExperiments: MessageHandler = async ({ tracking }, message) => {
  const viewType = message.choice('view_type', VIEW_TYPES);
  return pageJson(
    'experiments',
    await tracking.searchExperiments({ ...readSearch(message), viewType }),
    experimentJson,
  );
};

export const updateExperiment: MessageHandler = async ({ tracking }, message) => {
  await tracking.renameExperiment(message.text('experiment_id'), message.text('new_name'));
  return {};
};

export const deleteExperiment: MessageHandler = async ({ tracking }, message) => {
  await tracking.deleteExperiment(message.text('experiment_id'));
  return {};
};

export const restoreExperiment: MessageHandler = async ({ tracking }, message) => {
  await tracking.restoreExperiment(message.text('experiment_id'));
  return {};
};

export const setExperimentTag: MessageHandler = async ({ tracking }, message) => {
  await tracking.setExperimentTag(message.text('experiment_id'), readTag(message));
  return {};
};

export const deleteExperimentTag: MessageHandler = async ({ tracking }, message) => {
  await tracking.deleteExperimentTag(message.text('experiment_id'), message.text('key'));
  return {};
};
