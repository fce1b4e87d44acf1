import type { LifecycleStage } from './lifecycle.ts';
import type { Metric } from './metric.ts';

export type LoggedModelStatus =
  | 'LOGGED_MODEL_STATUS_UNSPECIFIED'
  | 'LOGGED_MODEL_PENDING'
  | 'LOGGED_MODEL_READY'
  | 'LOGGED_MODEL_UPLOAD_FAILED';

/** A model as MLflow 3 logs it: an entity of the experiment, made by a run. */
export interface LoggedModel {
  /** `m-` and 32 hexadecimal digits. */
  readonly modelId: string;
  readonly experimentId: string;
  readonly name: string;
  /** ms since the epoch. */
  readonly creationTimestamp: number;
  /** ms since the epoch. */
  readonly lastUpdatedTimestamp: number;
  readonly artifactUri: string;
  readonly status: LoggedModelStatus;
  readonly statusMessage: string | undefined;
  readonly modelType: string | undefined;
  readonly sourceRunId: string | undefined;
  readonly lifecycleStage: LifecycleStage;
  readonly tags: ReadonlyMap<string, string>;
  readonly params: ReadonlyMap<string, string>;
  readonly metrics: readonly LoggedModelMetric[];
}

export interface LoggedModelMetric extends Metric {
  readonly runId: string;
}

export interface NewLoggedModel {
  readonly experimentId: string;
  /** A random one is made when absent. */
  readonly name?: string | undefined;
  readonly modelType?: string | undefined;
  readonly sourceRunId?: string | undefined;
  readonly params?: ReadonlyMap<string, string> | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}
