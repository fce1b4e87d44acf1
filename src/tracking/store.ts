import type { Assessment, AssessmentUpdate, NewAssessment } from '../entities/assessment.ts';
import type { Change, StoreProblem, Subscription } from '../entities/change.ts';
import type { DatasetInput } from '../entities/dataset.ts';
import type { ExperimentUsage, Purged, RunUsage } from '../entities/diskUsage.ts';
import type { Experiment, NewExperiment } from '../entities/experiment.ts';
import type { ViewType } from '../entities/lifecycle.ts';
import type { LoggedModel, NewLoggedModel } from '../entities/loggedModel.ts';
import type { Metric } from '../entities/metric.ts';
import type { MetricSeries, SeriesQuery } from '../entities/metricSeries.ts';
import type { Page, SearchOptions } from '../entities/page.ts';
import type { ReadProgress } from '../entities/readProgress.ts';
import type { Batch, ModelInput, ModelOutput, NewRun, Run, RunInfo, RunUpdate, Tag } from '../entities/run.ts';
import type { NewTrace, TraceEnd, TraceInfo } from '../entities/trace.ts';
import type { Watching } from '../entities/watching.ts';

/**
 * MLflow Tracking, as the server and the extension see it: implemented by the file store and by the REST client, each of
 * which passes the conformance suite in `test/conformance/`. All methods reject with `MlflowError` and nothing else when
 * the request is at fault; an acknowledged write is on disk.
 */
export interface TrackingStore extends ExperimentStore, RunStore, LoggedModelStore, TraceStore, UpkeepStore {}

export interface ExperimentSearch extends SearchOptions {
  /** `ACTIVE_ONLY` when absent. */
  readonly viewType?: ViewType | undefined;
}

export interface ExperimentStore {
  /** @returns the id. @throws RESOURCE_ALREADY_EXISTS where an active or deleted experiment has the name. */
  createExperiment(experiment: NewExperiment): Promise<string>;
  /** Deleted ones included. @throws RESOURCE_DOES_NOT_EXIST */
  getExperiment(experimentId: string): Promise<Experiment>;
  /** Deleted ones included. */
  getExperimentByName(name: string): Promise<Experiment | undefined>;
  searchExperiments(search: ExperimentSearch): Promise<Page<Experiment>>;
  renameExperiment(experimentId: string, name: string): Promise<void>;
  deleteExperiment(experimentId: string): Promise<void>;
  restoreExperiment(experimentId: string): Promise<void>;
  setExperimentTag(experimentId: string, tag: Tag): Promise<void>;
  deleteExperimentTag(experimentId: string, key: string): Promise<void>;
}

export interface RunSearch extends SearchOptions {
  readonly experimentIds: readonly string[];
  /** `ACTIVE_ONLY` when absent. */
  readonly viewType?: ViewType | undefined;
}

export interface HistoryOptions {
  /** All points when absent. */
  readonly maxResults?: number | undefined;
  readonly pageToken?: string | undefined;
}

export interface RunStore {
  createRun(run: NewRun): Promise<Run>;
  /** Deleted ones included. @throws RESOURCE_DOES_NOT_EXIST */
  getRun(runId: string): Promise<Run>;
  searchRuns(search: RunSearch): Promise<Page<Run>>;
  updateRun(runId: string, update: RunUpdate): Promise<RunInfo>;
  deleteRun(runId: string): Promise<void>;
  restoreRun(runId: string): Promise<void>;
  /** Metrics, params and tags at once. Validated whole before anything is written. */
  logBatch(runId: string, batch: Batch): Promise<void>;
  /** @throws RESOURCE_DOES_NOT_EXIST where the run has no such tag. */
  deleteTag(runId: string, key: string): Promise<void>;
  logInputs(runId: string, datasets: readonly DatasetInput[], models: readonly ModelInput[]): Promise<void>;
  logOutputs(runId: string, models: readonly ModelOutput[]): Promise<void>;
  /** Appends a 2.x model (the JSON text of its MLmodel) to the run's tag `mlflow.log-model.history`. */
  recordModel(runId: string, modelJson: string): Promise<void>;
  /** In the order of logging. An unknown metric has no points. */
  getMetricHistory(runId: string, key: string, options?: HistoryOptions): Promise<Page<Metric>>;
}

export interface LoggedModelOrder {
  readonly fieldName: string;
  /** True when absent. */
  readonly ascending?: boolean | undefined;
  readonly datasetName?: string | undefined;
  readonly datasetDigest?: string | undefined;
}

export interface LoggedModelSearch {
  readonly experimentIds: readonly string[];
  readonly filter?: string | undefined;
  readonly datasets?: readonly { readonly name: string; readonly digest?: string | undefined }[] | undefined;
  readonly orderBy?: readonly LoggedModelOrder[] | undefined;
  readonly maxResults?: number | undefined;
  readonly pageToken?: string | undefined;
}

export interface LoggedModelStore {
  createLoggedModel(model: NewLoggedModel): Promise<LoggedModel>;
  /** @throws RESOURCE_DOES_NOT_EXIST, also for a deleted one unless `allowDeleted`. */
  getLoggedModel(modelId: string, options?: { readonly allowDeleted?: boolean }): Promise<LoggedModel>;
  searchLoggedModels(search: LoggedModelSearch): Promise<Page<LoggedModel>>;
  finalizeLoggedModel(
    modelId: string,
    status: 'LOGGED_MODEL_READY' | 'LOGGED_MODEL_UPLOAD_FAILED',
  ): Promise<LoggedModel>;
  deleteLoggedModel(modelId: string): Promise<void>;
  setLoggedModelTags(modelId: string, tags: readonly Tag[]): Promise<void>;
  deleteLoggedModelTag(modelId: string, key: string): Promise<void>;
  logLoggedModelParams(modelId: string, params: ReadonlyMap<string, string>): Promise<void>;
}

export interface TraceSearch extends SearchOptions {
  readonly experimentIds: readonly string[];
}

/** Which traces of an experiment to delete: these, or the oldest up to a time. */
export type TraceSelection =
  | { readonly traceIds: readonly string[] }
  | {
      /** ms since the epoch; traces of this very time belong to them. */
      readonly maxTimestamp: number;
      /** All when absent. */
      readonly maxTraces?: number | undefined;
    };

export interface TraceStore {
  /** Where there is such a trace already, it is replaced, and metadata and tags are merged: clients send again. */
  startTrace(trace: NewTrace): Promise<TraceInfo>;
  endTrace(traceId: string, end: TraceEnd): Promise<TraceInfo>;
  /** @throws RESOURCE_DOES_NOT_EXIST */
  getTrace(traceId: string): Promise<TraceInfo>;
  /** @throws RESOURCE_DOES_NOT_EXIST for an unknown experiment. */
  searchTraces(search: TraceSearch): Promise<Page<TraceInfo>>;
  /** For good. @returns how many there were. */
  deleteTraces(experimentId: string, selection: TraceSelection): Promise<number>;
  setTraceTag(traceId: string, tag: Tag): Promise<void>;
  /** @throws RESOURCE_DOES_NOT_EXIST where the trace has no such tag. */
  deleteTraceTag(traceId: string, key: string): Promise<void>;

  createAssessment(traceId: string, assessment: NewAssessment): Promise<Assessment>;
  /** @throws RESOURCE_DOES_NOT_EXIST */
  getAssessment(traceId: string, assessmentId: string): Promise<Assessment>;
  updateAssessment(traceId: string, assessmentId: string, update: AssessmentUpdate): Promise<Assessment>;
  /** What it had overridden is valid again. Deleting an absent one does nothing. */
  deleteAssessment(traceId: string, assessmentId: string): Promise<void>;
}

/** What MLflow leaves to its command `gc`: looking at the disk, and deleting for good. Other servers than ours have none of it. */
export interface UpkeepStore {
  /** In the order of the ids. @throws RESOURCE_DOES_NOT_EXIST; NOT_IMPLEMENTED where the server does not tell. */
  measureRuns(runIds: readonly string[]): Promise<readonly RunUsage[]>;
  /** Deleted ones, too. @throws as `measureRuns` */
  measureExperiment(experimentId: string): Promise<ExperimentUsage>;
  /**
   * Removes a deleted run with the artifacts that the server keeps; links are not followed. Once it is answered the run is
   * gone, whatever happens.
   * @throws INVALID_PARAMETER_VALUE for a run that is not deleted; as `measureRuns`
   */
  purgeRun(runId: string): Promise<Purged>;
  /** Removes a deleted experiment with all that is in it. @throws as `purgeRun` */
  purgeExperiment(experimentId: string): Promise<Purged>;
}

/** What is known of runs so far. */
export interface KnownRuns extends Page<Run> {
  /** How many there are on all pages; absent where the server does not tell. */
  readonly total?: number | undefined;
  /** Present while runs of these experiments are still being read; a change of kind `runs` tells that it went on. */
  readonly reading?: ReadProgress | undefined;
}

/** What a store can tell beyond MLflow's API. Served under the workbench prefix, see `server/workbench.ts`. */
export interface StoreInsight {
  /**
   * Calls `listener` after changes, batched over some tens of ms: writes through this process at once, writes of other
   * processes in the same directory within about a second, many runs at once by their experiment.
   */
  onDidChange(listener: (changes: readonly Change[]) => void): Subscription;
  /** Searches the runs that are known within moments, where `searchRuns` waits until the store has been read. */
  searchKnownRuns(search: RunSearch): Promise<KnownRuns>;
  /** Absent while nobody listens to changes, and for servers that do not tell. */
  watching(): Promise<Watching | undefined>;
  /** What could not be read, as far as the store has been read yet. */
  problems(): Promise<readonly StoreProblem[]>;
  /** A metric's points to draw. An unknown metric has none. @throws RESOURCE_DOES_NOT_EXIST */
  getMetricSeries(runId: string, key: string, query: SeriesQuery): Promise<MetricSeries>;
}
