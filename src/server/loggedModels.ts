import { invalidParameter } from '../entities/error.ts';
import type { LoggedModelStatus } from '../entities/loggedModel.ts';
import { loggedModelJson, pageJson } from './json.ts';
import { checkOrderBy, readPaging, readTag, readTags } from './reading.ts';
import type { MessageHandler } from './route.ts';

const STATUSES: readonly LoggedModelStatus[] = [
  'LOGGED_MODEL_STATUS_UNSPECIFIED',
  'LOGGED_MODEL_PENDING',
  'LOGGED_MODEL_READY',
  'LOGGED_MODEL_UPLOAD_FAILED',
];

export const createLoggedModel: MessageHandler = async ({ tracking }, message) => ({
  model: loggedModelJson(
    await tracking.createLoggedModel({
      experimentId: message.text('experiment_id'),
      name: message.optionalText('name'),
      modelType: message.optionalText('model_type'),
      sourceRunId: message.optionalText('source_run_id'),
      params: readTags(message, 'params'),
      tags: readTags(message),
    }),
  ),
});

export const getLoggedModel: MessageHandler = async ({ tracking }, message) => {
  const allowDeleted = message.flag('allow_deleted') ?? false;
  return { model: loggedModelJson(await tracking.getLoggedModel(message.text('model_id'), { allowDeleted })) };
};

export const finalizeLoggedModel: MessageHandler = async ({ tracking }, message) => {
  const status = message.choice('status', STATUSES);
  if (status !== 'LOGGED_MODEL_READY' && status !== 'LOGGED_MODEL_UPLOAD_FAILED') {
    throw invalidParameter("Parameter 'status' must be LOGGED_MODEL_READY or LOGGED_MODEL_UPLOAD_FAILED.");
  }
  return { model: loggedModelJson(await tracking.finalizeLoggedModel(message.text('model_id'), status)) };
};

export const deleteLoggedModel: MessageHandler = async ({ tracking }, message) => {
  await tracking.deleteLoggedModel(message.text('model_id'));
  return {};
};

export const searchLoggedModels: MessageHandler = async ({ tracking }, message) => {
  const orders = message.messages('order_by');
  checkOrderBy(orders.map((order) => order.text('field_name')));
  const page = await tracking.searchLoggedModels({
    experimentIds: message.requiredTexts('experiment_ids'),
    filter: message.optionalText('filter'),
    datasets: message.messages('datasets').map((dataset) => ({
      name: dataset.text('dataset_name'),
      digest: dataset.optionalText('dataset_digest'),
    })),
    orderBy: orders.map((order) => ({
      fieldName: order.text('field_name'),
      ascending: order.flag('ascending'),
      datasetName: order.optionalText('dataset_name'),
      datasetDigest: order.optionalText('dataset_digest'),
    })),
    ...readPaging(message),
  });
  return pageJson('models', page, loggedModelJson);
};

export const setLoggedModelTags: MessageHandler = async ({ tracking }, message) => {
  await tracking.setLoggedModelTags(message.text('model_id'), message.messages('tags').map(readTag));
  return {};
};

export const deleteLoggedModelTag: MessageHandler = async ({ tracking }, message) => {
  await tracking.deleteLoggedModelTag(message.text('model_id'), message.text('key'));
  return {};
};

export const logLoggedModelParams: MessageHandler = async ({ tracking }, message) => {
  await tracking.logLoggedModelParams(message.text('model_id'), readTags(message, 'params'));
  return {};
};
