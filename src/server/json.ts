import type { FileInfo } from '../entities/artifact.ts';
import type { Change, StoreProblem } from '../entities/change.ts';
import type { DatasetInput } from '../entities/dataset.ts';
import type { Experiment } from '../entities/experiment.ts';
import { type JsonObject, jsonDouble, jsonInteger } from '../entities/jsonText.ts';
import type { LoggedModel } from '../entities/loggedModel.ts';
import type { Metric } from '../entities/metric.ts';
import type { Page } from '../entities/page.ts';
import type { ModelVersion, RegisteredModel } from '../entities/registeredModel.ts';
import type { ModelInput, ModelOutput, Run, RunInfo } from '../entities/run.ts';
import type { Watching } from '../entities/watching.ts';

/** Entities as messages of MLflow's REST API. Here, and in `message.ts`' callers, are the wire's names. */

export function experimentJson(experiment: Experiment): JsonObject {
  return {
    experiment_id: experiment.experimentId,
    name: experiment.name,
    artifact_location: experiment.artifactLocation,
    lifecycle_stage: experiment.lifecycleStage,
    last_update_time: experiment.lastUpdateTime,
    creation_time: experiment.creationTime,
    ...pairs('tags', experiment.tags),
  };
}

export function runJson({ info, data, datasetInputs, modelInputs, modelOutputs }: Run): JsonObject {
  const metrics = [...data.metrics.values()].map((metric) => metricJson(metric, info.runId));
  return {
    info: runInfoJson(info),
    data: { ...list('metrics', metrics), ...pairs('params', data.params), ...pairs('tags', data.tags) },
    inputs: {
      ...list('dataset_inputs', datasetInputs.map(datasetInputJson)),
      ...list('model_inputs', modelInputs.map(modelInputJson)),
    },
    outputs: list('model_outputs', modelOutputs.map(modelOutputJson)),
  };
}

export function runInfoJson(info: RunInfo): JsonObject {
  return {
    run_id: info.runId,
    run_uuid: info.runId,
    run_name: info.runName,
    experiment_id: info.experimentId,
    user_id: info.userId,
    status: info.status,
    start_time: info.startTime,
    end_time: info.endTime,
    artifact_uri: info.artifactUri,
    lifecycle_stage: info.lifecycleStage,
  };
}

export function metricJson(metric: Metric, runId: string): JsonObject {
  return {
    key: metric.key,
    value: jsonDouble(metric.value),
    timestamp: jsonInteger(metric.timestamp),
    step: jsonInteger(metric.step),
    model_id: metric.modelId,
    dataset_name: metric.datasetName,
    dataset_digest: metric.datasetDigest,
    run_id: runId,
  };
}

function datasetInputJson({ dataset, tags }: DatasetInput): JsonObject {
  return {
    ...pairs('tags', tags),
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

function modelInputJson({ modelId }: ModelInput): JsonObject {
  return { model_id: modelId };
}

function modelOutputJson({ modelId, step }: ModelOutput): JsonObject {
  return { model_id: modelId, step: jsonInteger(step) };
}

export function loggedModelJson(model: LoggedModel): JsonObject {
  return {
    info: {
      model_id: model.modelId,
      experiment_id: model.experimentId,
      name: model.name,
      creation_timestamp_ms: model.creationTimestamp,
      last_updated_timestamp_ms: model.lastUpdatedTimestamp,
      artifact_uri: model.artifactUri,
      status: model.status,
      status_message: model.statusMessage,
      model_type: model.modelType ?? '',
      source_run_id: model.sourceRunId ?? '',
      // Beyond MLflow's message, for clients that asked for deleted ones; others leave out what they do not know.
      lifecycle_stage: model.lifecycleStage === 'deleted' ? 'deleted' : undefined,
      ...pairs('tags', model.tags),
    },
    data: {
      ...pairs('params', model.params),
      ...list(
        'metrics',
        model.metrics.map((metric) => ({ ...metricJson(metric, metric.runId), model_id: model.modelId })),
      ),
    },
  };
}

export function registeredModelJson(model: RegisteredModel): JsonObject {
  const aliases = [...model.aliases].map(([alias, version]) => ({ alias, version }));
  return {
    name: model.name,
    creation_timestamp: model.creationTimestamp,
    last_updated_timestamp: model.lastUpdatedTimestamp,
    description: model.description || undefined,
    ...list('latest_versions', model.latestVersions.map(modelVersionJson)),
    ...pairs('tags', model.tags),
    ...list('aliases', aliases),
  };
}

export function modelVersionJson(version: ModelVersion): JsonObject {
  return {
    name: version.name,
    version: version.version,
    creation_timestamp: version.creationTimestamp,
    last_updated_timestamp: version.lastUpdatedTimestamp,
    user_id: version.userId,
    current_stage: version.currentStage,
    description: version.description,
    source: version.source,
    run_id: version.runId ?? '',
    run_link: version.runLink ?? '',
    model_id: version.modelId,
    status: version.status,
    status_message: version.statusMessage,
    ...pairs('tags', version.tags),
    ...list('aliases', version.aliases),
  };
}

export function fileJson(file: FileInfo): JsonObject {
  return { path: file.path, is_dir: file.isDir, file_size: file.fileSize || undefined };
}

/** A page of a search: an empty list is left out, as proto3 has it. */
export function pageJson<T>(name: string, page: Page<T>, toJson: (item: T) => JsonObject): JsonObject {
  return { ...list(name, page.items.map(toJson)), next_page_token: page.nextPageToken };
}

export function list(name: string, items: readonly (JsonObject | string)[]): JsonObject {
  return items.length === 0 ? {} : { [name]: items };
}

function pairs(name: string, map: ReadonlyMap<string, string>): JsonObject {
  return list(
    name,
    [...map].map(([key, value]) => ({ key, value })),
  );
}

export function changeJson(change: Change): JsonObject {
  switch (change.kind) {
    case 'experiment':
      return { kind: 'experiment', experiment_id: change.experimentId };
    case 'run':
      return { kind: 'run', experiment_id: change.experimentId, run_id: change.runId };
    case 'runs':
      return { kind: 'runs', experiment_id: change.experimentId };
    case 'loggedModel':
      return { kind: 'logged_model', experiment_id: change.experimentId, model_id: change.modelId };
    case 'registeredModel':
      return { kind: 'registered_model', name: change.name };
    case 'watching':
      return { kind: 'watching' };
  }
}

export function watchingJson(watching: Watching | undefined): JsonObject | undefined {
  return watching && { ...watching };
}

export function problemJson(problem: StoreProblem): JsonObject {
  return {
    path: problem.path,
    message: problem.message,
    experiment_id: problem.experimentId,
    run_id: problem.runId,
  };
}
