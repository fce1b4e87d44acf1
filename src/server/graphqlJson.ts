import type { DatasetInput } from '../entities/dataset.ts';
import type { Experiment } from '../entities/experiment.ts';
import type { Int64 } from '../entities/int64.ts';
import type { JsonObject } from '../entities/jsonText.ts';
import type { Metric } from '../entities/metric.ts';
import type { ModelVersion } from '../entities/registeredModel.ts';
import type { Run } from '../entities/run.ts';

/** Entities as MLflow's GraphQL schema has them: 64-bit integers are texts, and nothing is left out. */

export function runGraph(run: Run, experiment: Experiment | undefined, versions: readonly ModelVersion[]): JsonObject {
  const { info, data } = run;
  return {
    __typename: 'MlflowRunExtension',
    info: {
      __typename: 'MlflowRunInfo',
      runId: info.runId,
      runUuid: info.runId,
      runName: info.runName,
      experimentId: info.experimentId,
      userId: info.userId,
      status: info.status,
      startTime: long(info.startTime),
      endTime: long(info.endTime),
      artifactUri: info.artifactUri,
      lifecycleStage: info.lifecycleStage,
    },
    experiment: experiment ? experimentGraph(experiment) : null,
    modelVersions: versions.map(({ name, version, status, source }) => {
      return { __typename: 'MlflowModelVersion', name, version, status, source };
    }),
    data: {
      __typename: 'MlflowRunData',
      metrics: [...data.metrics.values()].map(metricGraph),
      params: pairs('MlflowParam', data.params),
      tags: pairs('MlflowRunTag', data.tags),
    },
    inputs: {
      __typename: 'MlflowRunInputs',
      datasetInputs: run.datasetInputs.map(datasetInputGraph),
      modelInputs: run.modelInputs.map(({ modelId }) => ({ __typename: 'MlflowModelInput', modelId })),
    },
    outputs: {
      __typename: 'MlflowRunOutputs',
      modelOutputs: run.modelOutputs.map(({ modelId, step }) => {
        return { __typename: 'MlflowModelOutput', modelId, step: long(step) };
      }),
    },
  };
}

export function experimentGraph(experiment: Experiment): JsonObject {
  return {
    __typename: 'MlflowExperiment',
    experimentId: experiment.experimentId,
    name: experiment.name,
    artifactLocation: experiment.artifactLocation,
    lifecycleStage: experiment.lifecycleStage,
    creationTime: long(experiment.creationTime),
    lastUpdateTime: long(experiment.lastUpdateTime),
    tags: pairs('MlflowExperimentTag', experiment.tags),
    effectiveTraceArchivalRetention: null,
  };
}

/** GraphQL has no NaN and no infinities. */
export function metricGraph({ key, value, step, timestamp }: Metric): JsonObject {
  return {
    __typename: 'MlflowMetricExtension',
    key,
    value: Number.isFinite(value) ? value : null,
    step: long(step),
    timestamp: long(timestamp),
  };
}

function datasetInputGraph({ dataset, tags }: DatasetInput): JsonObject {
  const { name, digest, sourceType, source, schema = '', profile = '' } = dataset;
  return {
    __typename: 'MlflowDatasetInput',
    dataset: { __typename: 'MlflowDataset', name, digest, sourceType, source, schema, profile },
    tags: pairs('MlflowInputTag', tags),
  };
}

function pairs(type: string, map: ReadonlyMap<string, string>): JsonObject[] {
  return [...map].map(([key, value]) => ({ __typename: type, key, value }));
}

function long(value: Int64 | undefined): string {
  return String(value ?? 0);
}
