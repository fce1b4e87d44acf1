import type { FileInfo } from '../entities/artifact.ts';
import type { Change, StoreProblem } from '../entities/change.ts';
import type { Dataset, DatasetInput } from '../entities/dataset.ts';
import type { Experiment } from '../entities/experiment.ts';
import { type JsonObject, jsonDouble, jsonInteger } from '../entities/jsonText.ts';
import type { LoggedModel, LoggedModelStatus } from '../entities/loggedModel.ts';
import type { Metric } from '../entities/metric.ts';
import type { Page, SearchOptions } from '../entities/page.ts';
import type {
  ModelVersion,
  ModelVersionStage,
  ModelVersionStatus,
  RegisteredModel,
} from '../entities/registeredModel.ts';
import type { Run, RunInfo, RunStatus } from '../entities/run.ts';
import type { Watching } from '../entities/watching.ts';
import type { Reply } from './reply.ts';

/** MLflow's messages as entities, and what goes the other way. Here and in the callers of `Rest` are the wire's names. */

export function readExperiment(reply: Reply): Experiment {
  return {
    experimentId: reply.text('experiment_id'),
    name: reply.text('name'),
    artifactLocation: reply.text('artifact_location'),
    lifecycleStage: reply.text('lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
    creationTime: reply.optionalNumber('creation_time'),
    lastUpdateTime: reply.optionalNumber('last_update_time'),
    tags: reply.pairs('tags'),
  };
}

export function readRun(reply: Reply): Run {
  const data = reply.message('data');
  return {
    info: readRunInfo(reply.message('info')),
    data: {
      metrics: new Map(data.messages('metrics').map((metric) => [metric.text('key'), readMetric(metric)])),
      params: data.pairs('params'),
      tags: data.pairs('tags'),
    },
    datasetInputs: reply.message('inputs').messages('dataset_inputs').map(readDatasetInput),
    modelInputs: reply
      .message('inputs')
      .messages('model_inputs')
      .map((input) => ({ modelId: input.text('model_id') })),
    modelOutputs: reply
      .message('outputs')
      .messages('model_outputs')
      .map((output) => ({ modelId: output.text('model_id'), step: output.integer('step') })),
  };
}

export function readRunInfo(reply: Reply): RunInfo {
  return {
    runId: reply.optionalText('run_id') ?? reply.text('run_uuid'),
    runName: reply.text('run_name'),
    experimentId: reply.text('experiment_id'),
    userId: reply.text('user_id'),
    status: (reply.optionalText('status') ?? 'RUNNING') as RunStatus,
    startTime: reply.optionalNumber('start_time'),
    // MLflow's file store answers 0 for a run that has not ended.
    endTime: reply.optionalNumber('end_time') || undefined,
    artifactUri: reply.text('artifact_uri'),
    lifecycleStage: reply.text('lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
  };
}

export function readMetric(reply: Reply): Metric {
  return {
    key: reply.text('key'),
    value: reply.double('value'),
    timestamp: reply.integer('timestamp'),
    step: reply.integer('step'),
    modelId: reply.optionalText('model_id'),
    datasetName: reply.optionalText('dataset_name'),
    datasetDigest: reply.optionalText('dataset_digest'),
  };
}

export function metricJson(metric: Metric): JsonObject {
  return {
    key: metric.key,
    value: jsonDouble(metric.value),
    timestamp: jsonInteger(metric.timestamp),
    step: jsonInteger(metric.step),
    model_id: metric.modelId,
    dataset_name: metric.datasetName,
    dataset_digest: metric.datasetDigest,
  };
}

function readDatasetInput(reply: Reply): DatasetInput {
  return { dataset: readDataset(reply.message('dataset')), tags: reply.pairs('tags') };
}

function readDataset(reply: Reply): Dataset {
  return {
    name: reply.text('name'),
    digest: reply.text('digest'),
    sourceType: reply.text('source_type'),
    source: reply.text('source'),
    schema: reply.optionalText('schema'),
    profile: reply.optionalText('profile'),
  };
}

export function datasetInputJson({ dataset, tags }: DatasetInput): JsonObject {
  return {
    tags: pairsJson(tags),
    dataset: {
      name: dataset.name,
      digest: dataset.digest,
      source_type: dataset.sourceType,
      source: dataset.source,
      schema: dataset.schema,
      profile: dataset.profile,
    },
  };
}

export function readLoggedModel(reply: Reply): LoggedModel {
  const [info, data] = [reply.message('info'), reply.message('data')];
  return {
    modelId: info.text('model_id'),
    experimentId: info.text('experiment_id'),
    name: info.text('name'),
    creationTimestamp: info.number('creation_timestamp_ms'),
    lastUpdatedTimestamp: info.number('last_updated_timestamp_ms'),
    artifactUri: info.text('artifact_uri'),
    status: (info.optionalText('status') ?? 'LOGGED_MODEL_STATUS_UNSPECIFIED') as LoggedModelStatus,
    statusMessage: info.optionalText('status_message'),
    modelType: info.optionalText('model_type'),
    sourceRunId: info.optionalText('source_run_id'),
    // Only our own servers tell it, of those that are deleted.
    lifecycleStage: info.text('lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
    tags: info.pairs('tags'),
    params: data.pairs('params'),
    metrics: data.messages('metrics').map((metric) => ({ ...readMetric(metric), runId: metric.text('run_id') })),
  };
}

export function readRegisteredModel(reply: Reply): RegisteredModel {
  const aliases = reply.messages('aliases').map((alias) => [alias.text('alias'), alias.text('version')] as const);
  return {
    name: reply.text('name'),
    creationTimestamp: reply.number('creation_timestamp'),
    lastUpdatedTimestamp: reply.number('last_updated_timestamp'),
    description: reply.text('description'),
    latestVersions: reply.messages('latest_versions').map(readModelVersion),
    tags: reply.pairs('tags'),
    aliases: new Map(aliases),
  };
}

export function readModelVersion(reply: Reply): ModelVersion {
  return {
    name: reply.text('name'),
    version: reply.text('version'),
    creationTimestamp: reply.number('creation_timestamp'),
    lastUpdatedTimestamp: reply.number('last_updated_timestamp'),
    userId: reply.optionalText('user_id'),
    currentStage: (reply.optionalText('current_stage') ?? 'None') as ModelVersionStage,
    description: reply.text('description'),
    source: reply.text('source'),
    runId: reply.optionalText('run_id'),
    runLink: reply.optionalText('run_link'),
    modelId: reply.optionalText('model_id'),
    status: (reply.optionalText('status') ?? 'READY') as ModelVersionStatus,
    statusMessage: reply.optionalText('status_message'),
    tags: reply.pairs('tags'),
    aliases: reply.texts('aliases'),
  };
}

export function readFile(reply: Reply): FileInfo {
  const isDir = reply.flag('is_dir');
  return { path: reply.text('path'), isDir, fileSize: isDir ? undefined : reply.number('file_size') };
}

export function readPage<T>(reply: Reply, name: string, read: (item: Reply) => T): Page<T> {
  return { items: reply.messages(name).map(read), nextPageToken: reply.optionalText('next_page_token') };
}

export function pairsJson(pairs: ReadonlyMap<string, string> | undefined): readonly JsonObject[] | undefined {
  return pairs && [...pairs].map(([key, value]) => ({ key, value }));
}

/** What every search sends, in a body or a query. */
export function searchJson({ filter, orderBy, maxResults, pageToken }: SearchOptions) {
  return { filter, order_by: orderBy, max_results: maxResults, page_token: pageToken };
}

/** A change of our own server's event stream; `undefined` for a kind that a later version sends. */
export function readChange(reply: Reply): Change | undefined {
  const experimentId = reply.text('experiment_id');
  switch (reply.text('kind')) {
    case 'experiment':
      return { kind: 'experiment', experimentId };
    case 'run':
      return { kind: 'run', experimentId, runId: reply.text('run_id') };
    case 'runs':
      return { kind: 'runs', experimentId };
    case 'logged_model':
      return { kind: 'loggedModel', experimentId, modelId: reply.text('model_id') };
    case 'registered_model':
      return { kind: 'registeredModel', name: reply.text('name') };
    case 'watching':
      return { kind: 'watching' };
    default:
      return undefined;
  }
}

export function readWatching(reply: Reply | undefined): Watching | undefined {
  switch (reply?.text('mode')) {
    case 'events':
      return { mode: 'events' };
    case 'polling':
      return { mode: 'polling', reason: reply.text('reason') };
    default:
      return undefined;
  }
}

export function readProblem(reply: Reply): StoreProblem {
  return {
    path: reply.text('path'),
    message: reply.text('message'),
    experimentId: reply.optionalText('experiment_id'),
    runId: reply.optionalText('run_id'),
  };
}
