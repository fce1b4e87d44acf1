import type { Dataset } from '../entities/dataset.ts';
import { invalidParameter } from '../entities/error.ts';
import type { Metric } from '../entities/metric.ts';
import type { RunStatus } from '../entities/run.ts';
import type { RunSearch } from '../tracking/store.ts';
import { VIEW_TYPES } from './experiments.ts';
import { metricJson, pageJson, runInfoJson, runJson } from './json.ts';
import { type Fields, type Message, missingParameter } from './message.ts';
import { readPaging, readSearch, readTag, readTags } from './reading.ts';
import { JsonBytes } from './response.ts';
import type { MessageHandler } from './route.ts';

const STATUSES: readonly (RunStatus | undefined)[] = [
  undefined,
  'RUNNING',
  'SCHEDULED',
  'FINISHED',
  'FAILED',
  'KILLED',
];

export const createRun: MessageHandler = async ({ tracking }, message) => {
  const experimentId = message.optionalText('experiment_id');
  if (experimentId === undefined) throw invalidParameter("Invalid experiment ID: ''");
  const run = await tracking.createRun({
    experimentId,
    userId: message.optionalText('user_id'),
    runName: message.optionalText('run_name'),
    startTime: message.optionalNumber('start_time'),
    tags: readTags(message),
  });
  return { run: runJson(run) };
};

export const getRun: MessageHandler = async ({ tracking }, message) => ({
  run: runJson(await tracking.getRun(message.runId())),
});

export const searchRuns: MessageHandler = async ({ tracking, runTexts }, message) => {
  const { items, nextPageToken } = await tracking.searchRuns(readRunSearch(message));
  if (items.length === 0) return pageJson('runs', { items, nextPageToken }, runJson);
  const token = nextPageToken === undefined ? '' : `,"next_page_token":${JSON.stringify(nextPageToken)}`;
  return new JsonBytes(Buffer.concat([Buffer.from('{"runs":'), ...runTexts.list(items), Buffer.from(`${token}}`)]));
};

/** What is known so far: more than MLflow's API, for views that do not wait for all. */
export const searchKnownRuns: MessageHandler = async ({ tracking }, message) => {
  const { total, reading, ...page } = await tracking.searchKnownRuns(readRunSearch(message));
  return { ...pageJson('runs', page, runJson), total, reading: reading && { ...reading } };
};

export function readRunSearch(message: Message): RunSearch {
  const experimentIds = message.texts('experiment_ids');
  return { experimentIds, viewType: message.choice('run_view_type', VIEW_TYPES), ...readSearch(message) };
}

export const updateRun: MessageHandler = async ({ tracking }, message) => ({
  run_info: runInfoJson(
    await tracking.updateRun(message.runId(), {
      status: message.choice('status', STATUSES),
      endTime: message.optionalNumber('end_time'),
      runName: message.optionalText('run_name'),
    }),
  ),
});

export const deleteRun: MessageHandler = async ({ tracking }, message) => {
  await tracking.deleteRun(message.runId());
  return {};
};

export const restoreRun: MessageHandler = async ({ tracking }, message) => {
  await tracking.restoreRun(message.runId());
  return {};
};

export const logMetric: MessageHandler = async ({ tracking }, message) => {
  await tracking.logBatch(message.runId(), { metrics: [readMetric(message)] });
  return {};
};

export const logParameter: MessageHandler = async ({ tracking }, message) => {
  await tracking.logBatch(message.runId(), { params: [readTag(message)] });
  return {};
};

export const logBatch: MessageHandler = async ({ tracking }, message) => {
  await tracking.logBatch(message.runId(), {
    metrics: message.items('metrics', readPlainMetric, readMetric),
    params: message.messages('params').map(readTag),
    tags: message.messages('tags').map(readTag),
  });
  return {};
};

export const setTag: MessageHandler = async ({ tracking }, message) => {
  await tracking.logBatch(message.runId(), { tags: [readTag(message)] });
  return {};
};

export const deleteTag: MessageHandler = async ({ tracking }, message) => {
  await tracking.deleteTag(message.runId(), message.text('key'));
  return {};
};

export const logInputs: MessageHandler = async ({ tracking }, message) => {
  const datasets = message.messages('datasets').map((input) => ({
    dataset: readDataset(input.message('dataset')),
    tags: readTags(input),
  }));
  const models = message.messages('models').map((model) => ({ modelId: model.text('model_id') }));
  await tracking.logInputs(message.runId(), datasets, models);
  return {};
};

export const logOutputs: MessageHandler = async ({ tracking }, message) => {
  const models = message.messages('models').map((model) => ({
    modelId: model.text('model_id'),
    step: model.optionalInteger('step') ?? 0,
  }));
  if (models.length === 0) throw missingParameter('models');
  await tracking.logOutputs(message.runId(), models);
  return {};
};

/** MLflow 2's way to say that a run has a model. */
export const logModel: MessageHandler = async ({ tracking }, message) => {
  await tracking.recordModel(message.runId(), message.text('model_json'));
  return {};
};

export const getMetricHistory: MessageHandler = async ({ tracking }, message) => {
  const runId = message.runId();
  const page = await tracking.getMetricHistory(runId, message.text('metric_key'), readPaging(message));
  return pageJson('metrics', page, (metric) => metricJson(metric, runId));
};

function readMetric(message: Message): Metric {
  return {
    key: message.text('key'),
    value: message.double('value'),
    timestamp: message.integer('timestamp'),
    step: message.optionalInteger('step') ?? 0,
    modelId: message.optionalText('model_id'),
    datasetName: message.optionalText('dataset_name'),
    datasetDigest: message.optionalText('dataset_digest'),
  };
}

/** A metric as nearly all clients send it. */
function readPlainMetric({ key, value, timestamp, step = 0, ...more }: Fields): Metric | undefined {
  const isPlain =
    typeof key === 'string' && key !== '' && typeof value === 'number' && isStep(timestamp) && isStep(step);
  for (const _ in more) return undefined;
  return isPlain ? { key, value, timestamp, step } : undefined;
}

function isStep(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}

function readDataset(message: Message): Dataset {
  return {
    name: message.text('name'),
    digest: message.text('digest'),
    sourceType: message.text('source_type'),
    source: message.text('source'),
    schema: message.optionalText('schema'),
    profile: message.optionalText('profile'),
  };
}
