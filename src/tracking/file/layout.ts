import path from 'node:path';
import { withoutSlashesAtEnd } from '../../entities/slashes.ts';

/** The names that MLflow's FileStore gives to files and folders; nothing else in this folder spells them out. */
const META = 'meta.yaml';
export const TRASH = '.trash';
/** Where lies what is being removed. MLflow takes no folder for an experiment whose name ends like its trash. */
export const PURGED = '.purged.trash';
/** The registry's folder beside the experiments, and the logged models' folder inside an experiment. */
export const MODELS = 'models';
export const TAGS = 'tags';
export const PARAMS = 'params';
export const METRICS = 'metrics';
export const ARTIFACTS = 'artifacts';
export const INPUTS = 'inputs';
export const OUTPUTS = 'outputs';
export const DATASETS = 'datasets';
export const TRACES = 'traces';
/** The name stayed when MLflow 3 began to speak of trace metadata. */
export const TRACE_METADATA = 'request_metadata';
export const ASSESSMENTS = 'assessments';

export const DEFAULT_EXPERIMENT_ID = '0';

/** Folders of the root that are no experiments. */
const NO_EXPERIMENTS = new Set([MODELS, TRASH]);
/** Folders of an experiment that are no runs. */
const NO_RUNS = new Set([TAGS, DATASETS, TRACES, MODELS]);

export function isExperimentFolder(name: string): boolean {
  return !NO_EXPERIMENTS.has(name) && !name.startsWith('.');
}

export function isRunFolder(name: string): boolean {
  return !NO_RUNS.has(name) && !name.startsWith('.');
}

/** @param folder without a separator at its end; `path.join` would be half of what a look at ten thousand runs takes. */
export function metaFile(folder: string): string {
  return `${folder}${path.sep}${META}`;
}

export function traceInfoFile(folder: string): string {
  return path.join(folder, 'trace_info.yaml');
}

const ASSESSMENT_EXTENSION = '.yaml';

export function assessmentFile(folder: string, assessmentId: string): string {
  return path.join(folder, ASSESSMENTS, `${assessmentId}${ASSESSMENT_EXTENSION}`);
}

/** The assessment that a file holds; `undefined` for any other file. */
export function assessmentIdOf(name: string): string | undefined {
  return name.endsWith(ASSESSMENT_EXTENSION) ? name.slice(0, -ASSESSMENT_EXTENSION.length) : undefined;
}

/** The folders whose files are named by keys. */
export type KeyKind = typeof METRICS | typeof PARAMS | typeof TAGS | typeof TRACE_METADATA;

/** The file that holds a metric, param or tag; slashes in its key are folders. */
export function keyFile(folder: string, kind: KeyKind, key: string): string {
  return `${folder}${path.sep}${kind}${path.sep}${path.sep === '/' ? key : key.replaceAll('/', path.sep)}`;
}

export function artifactUri(location: string, ...segments: string[]): string {
  return [withoutSlashesAtEnd(location), ...segments].join('/');
}

/** The keys of the YAML files. */
export const EXPERIMENT = {
  id: 'experiment_id',
  name: 'name',
  artifactLocation: 'artifact_location',
  lifecycleStage: 'lifecycle_stage',
  creationTime: 'creation_time',
  lastUpdateTime: 'last_update_time',
} as const;

export const RUN = {
  id: 'run_id',
  legacyId: 'run_uuid',
  name: 'run_name',
  experimentId: 'experiment_id',
  userId: 'user_id',
  status: 'status',
  startTime: 'start_time',
  endTime: 'end_time',
  artifactUri: 'artifact_uri',
  lifecycleStage: 'lifecycle_stage',
  deletedTime: 'deleted_time',
} as const;

export const LOGGED_MODEL = {
  id: 'model_id',
  experimentId: 'experiment_id',
  name: 'name',
  artifactLocation: 'artifact_location',
  creationTimestamp: 'creation_timestamp',
  lastUpdatedTimestamp: 'last_updated_timestamp',
  modelType: 'model_type',
  sourceRunId: 'source_run_id',
  status: 'status',
  statusMessage: 'status_message',
  lifecycleStage: 'lifecycle_stage',
} as const;

export const DATASET = {
  name: 'name',
  digest: 'digest',
  sourceType: 'source_type',
  source: 'source',
  schema: 'schema',
  profile: 'profile',
} as const;

export const LINK = {
  sourceId: 'source_id',
  sourceType: 'source_type',
  destinationId: 'destination_id',
  destinationType: 'destination_type',
  step: 'step',
  tags: 'tags',
} as const;

/** As MLflow 3 writes a trace. */
export const TRACE = {
  id: 'trace_id',
  clientRequestId: 'client_request_id',
  location: 'trace_location',
  locationType: 'type',
  locationExperiment: 'mlflow_experiment',
  experimentId: 'experiment_id',
  requestTime: 'request_time',
  executionDuration: 'execution_duration_ms',
  state: 'state',
  requestPreview: 'request_preview',
  responsePreview: 'response_preview',
} as const;

/** As MLflow 2 writes a trace; 3 reads it too. */
export const TRACE_V2 = {
  id: 'request_id',
  experimentId: 'experiment_id',
  timestamp: 'timestamp_ms',
  executionTime: 'execution_time_ms',
  status: 'status',
} as const;

export const ASSESSMENT = {
  id: 'assessment_id',
  name: 'assessment_name',
  traceId: 'trace_id',
  spanId: 'span_id',
  source: 'source',
  sourceType: 'source_type',
  sourceId: 'source_id',
  createTime: 'create_time',
  lastUpdateTime: 'last_update_time',
  feedback: 'feedback',
  expectation: 'expectation',
  issue: 'issue',
  value: 'value',
  serializedValue: 'serialized_value',
  serializationFormat: 'serialization_format',
  error: 'error',
  errorCode: 'error_code',
  errorMessage: 'error_message',
  stackTrace: 'stack_trace',
  issueName: 'issue_name',
  rationale: 'rationale',
  metadata: 'metadata',
  overrides: 'overrides',
  valid: 'valid',
} as const;
