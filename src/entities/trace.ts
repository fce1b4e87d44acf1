import type { Assessment } from './assessment.ts';

export type TraceState = 'STATE_UNSPECIFIED' | 'OK' | 'ERROR' | 'IN_PROGRESS';

/** What MLflow keeps of a traced call beside its spans, which are an artifact of the trace (`traces.json`). */
export interface TraceInfo {
  /** `tr-` and 32 hexadecimal digits where a client of MLflow 3 chose it, 32 digits alone from older ones. */
  readonly traceId: string;
  readonly experimentId: string;
  readonly clientRequestId: string | undefined;
  /** ms since the epoch. */
  readonly requestTime: number;
  /** ms; absent while the call runs. */
  readonly executionDuration: number | undefined;
  readonly state: TraceState;
  /** JSON text, perhaps cut off. */
  readonly requestPreview: string | undefined;
  /** JSON text, perhaps cut off. */
  readonly responsePreview: string | undefined;
  /** What does not change any more, such as `mlflow.sourceRun`. */
  readonly metadata: ReadonlyMap<string, string>;
  /** The tag `mlflow.artifactLocation` is where the spans are. */
  readonly tags: ReadonlyMap<string, string>;
  readonly assessments: readonly Assessment[];
}

export interface NewTrace {
  /** A random one is made when absent. */
  readonly traceId?: string | undefined;
  readonly experimentId: string;
  readonly clientRequestId?: string | undefined;
  /** ms since the epoch. */
  readonly requestTime: number;
  /** ms */
  readonly executionDuration?: number | undefined;
  /** `IN_PROGRESS` when absent. */
  readonly state?: TraceState | undefined;
  readonly requestPreview?: string | undefined;
  readonly responsePreview?: string | undefined;
  readonly metadata?: ReadonlyMap<string, string> | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}

/** How a trace that was begun through MLflow's older API ends; metadata and tags are merged with what is there. */
export interface TraceEnd {
  /** ms since the epoch. */
  readonly endTime: number;
  readonly state: TraceState;
  readonly metadata?: ReadonlyMap<string, string> | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}

export const TRACE_NAME_TAG = 'mlflow.traceName';
export const TRACE_ARTIFACTS_TAG = 'mlflow.artifactLocation';
export const TRACE_RUN_METADATA = 'mlflow.sourceRun';
