import type { DatasetInput } from './dataset.ts';
import type { Int64 } from './int64.ts';
import type { LifecycleStage } from './lifecycle.ts';
import type { Metric } from './metric.ts';

export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';

export interface RunInfo {
  /** 32 hexadecimal digits where MLflow chose it. */
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
  readonly userId: string;
  readonly status: RunStatus;
  /** ms since the epoch. */
  readonly startTime: number | undefined;
  /** ms since the epoch; absent while the run is active. */
  readonly endTime: number | undefined;
  readonly artifactUri: string;
  readonly lifecycleStage: LifecycleStage;
}

export interface RunData {
  /** The latest point of each metric, by key (see `compareRecency`). */
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
}

export interface ModelInput {
  readonly modelId: string;
}

export interface ModelOutput {
  readonly modelId: string;
  readonly step: Int64;
}

export interface Run {
  readonly info: RunInfo;
  readonly data: RunData;
  readonly datasetInputs: readonly DatasetInput[];
  readonly modelInputs: readonly ModelInput[];
  readonly modelOutputs: readonly ModelOutput[];
}

export interface NewRun {
  readonly experimentId: string;
  readonly userId?: string | undefined;
  /** A random one is made when neither this nor the tag `mlflow.runName` is given. */
  readonly runName?: string | undefined;
  /** ms since the epoch. */
  readonly startTime?: number | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}

export interface RunUpdate {
  readonly status?: RunStatus | undefined;
  /** ms since the epoch. */
  readonly endTime?: number | undefined;
  readonly runName?: string | undefined;
}

/** What `log-batch` writes at once. */
export interface Batch {
  readonly metrics?: readonly Metric[] | undefined;
  readonly params?: readonly Param[] | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

export interface Param {
  readonly key: string;
  readonly value: string;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}
