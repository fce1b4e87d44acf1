import { invalidParameter, type MlflowError } from './error.ts';
import type { Metric } from './metric.ts';
import type { Batch, Param, Tag } from './run.ts';
import { mayLeaveItsFolder } from './uriPath.ts';

/** MLflow's limits (mlflow/utils/validation.py), in characters unless said. */
const MAX_KEY_LENGTH = 250;
const MAX_PARAM_VALUE = 6_000;
const MAX_TAG_VALUE = 8_000;
const MAX_EXPERIMENT_NAME = 500;
const MAX_BATCH = { metrics: 1_000, params: 100, tags: 100, items: 1_000 } as const;

const KEY = /^[/\p{L}\p{N}\p{M}_.\- :]*$/u;
const RUN_ID = /^[a-zA-Z0-9][\w-]{0,255}$/;
const EXPERIMENT_ID = /^[a-zA-Z0-9][\w-]{0,63}$/;
const TRACE_ID = RUN_ID;
const ASSESSMENT_ID = RUN_ID;
const MODEL_ID = /^m-[\w-]{1,255}$/;

/** File names that Windows gives to devices, with any extension, and those that it cannot keep. */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
const NO_WINDOWS_NAME = /[<>:"|?*]|[. ]$/;
const MAX_SEGMENT_BYTES = 255;

export function checkRunId(runId: string): void {
  if (!RUN_ID.test(runId)) throw invalidParameter(`Invalid value "${runId}" for parameter 'run_id' supplied.`);
}

export function checkExperimentId(experimentId: string): void {
  if (!EXPERIMENT_ID.test(experimentId)) throw invalidParameter(`Invalid experiment ID: '${experimentId}'`);
}

export function checkModelId(modelId: string): void {
  if (!MODEL_ID.test(modelId)) throw invalidParameter(`Invalid value "${modelId}" for parameter 'model_id' supplied.`);
}

/** MLflow takes any text and makes a folder of it, also above its own (3.17). */
export function checkTraceId(traceId: string, platform?: NodeJS.Platform): void {
  const invalid = `Invalid value "${traceId}" for parameter 'trace_id' supplied.`;
  if (!TRACE_ID.test(traceId)) throw invalidParameter(invalid);
  checkFileNames(traceId, `${invalid} `, platform);
}

export function checkAssessmentId(assessmentId: string): void {
  if (!ASSESSMENT_ID.test(assessmentId)) {
    throw invalidParameter(`Invalid value "${assessmentId}" for parameter 'assessment_id' supplied.`);
  }
}

export function checkExperimentName(name: string): void {
  if (name === '') throw invalidParameter("Invalid experiment name: ''");
  checkLength('name', name, MAX_EXPERIMENT_NAME);
}

/**
 * The key of a metric, param or tag, which is a file's path on disk.
 * @param path how the request names it, such as `params[0].key`.
 * @param noun how the error about its length names it.
 */
export function checkKey(key: string, path: string, noun = path): void {
  if (goodKeys.has(key)) return;
  checkNewKey(key, path, noun);
  if (goodKeys.size >= GOOD_KEYS) goodKeys.clear();
  goodKeys.add(key);
}

/** The same few keys come again and again. */
const goodKeys = new Set<string>();
const GOOD_KEYS = 10_000;

function checkNewKey(key: string, path: string, noun: string): void {
  const supplied = `Invalid value ${JSON.stringify(key)} for parameter '${path}' supplied:`;
  if (!KEY.test(key) || key === '') {
    throw invalidParameter(
      `${supplied} Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).`,
    );
  }
  const normal = normalPath(key);
  if (normal !== key || key === '.' || key.startsWith('..') || key.startsWith('/')) {
    throw invalidParameter(
      `${supplied} Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to '${normal}'`,
    );
  }
  checkLength(noun, key, MAX_KEY_LENGTH);
  checkFileNames(key, `${supplied} `);
}

/** Refuses paths whose segments this system cannot keep as file names; `aux/loss` is a fine metric elsewhere. */
export function checkFileNames(path: string, prefix: string, platform: NodeJS.Platform = process.platform): void {
  for (const segment of path.split('/')) {
    const isRefused = platform === 'win32' && (WINDOWS_DEVICE.test(segment) || NO_WINDOWS_NAME.test(segment));
    if (isRefused || Buffer.byteLength(segment) > MAX_SEGMENT_BYTES) {
      throw invalidParameter(`${prefix}'${segment}' cannot be the name of a file.`);
    }
  }
}

/**
 * Refuses names of which one is a part of another: `a` would be a file, and `a/b` wants it to be a folder.
 * @param isTaken whether there is such a name already.
 */
export function checkNamesFit(keys: Iterable<string>, isTaken: (key: string) => boolean = () => false): void {
  const wanted = new Set(keys);
  for (const key of wanted) {
    for (let slash = key.indexOf('/'); slash > 0; slash = key.indexOf('/', slash + 1)) {
      const part = key.slice(0, slash);
      if (wanted.has(part) || isTaken(part)) throw nameInUse(key);
    }
  }
}

export function nameInUse(key: string): MlflowError {
  return invalidParameter(`'${key}' cannot be logged: a part of its name is in use as another name.`);
}

/** As Python's posixpath.normpath. */
function normalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else if (segment !== '..' || !path.startsWith('/')) segments.push(segment);
  }
  return `${path.startsWith('/') ? '/' : ''}${segments.join('/')}` || '.';
}

function checkLength(path: string, value: string, limit: number): void {
  if (value.length > limit) throw invalidParameter(`'${path}' exceeds the maximum length of ${limit} characters`);
}

/** Cut to what MLflow keeps, as it does by default (MLFLOW_TRUNCATE_LONG_VALUES). */
export function truncateParam({ key, value }: Param): Param {
  return { key, value: value.slice(0, MAX_PARAM_VALUE) };
}

/** Cut to what MLflow keeps, as it does by default (MLFLOW_TRUNCATE_LONG_VALUES). */
export function truncateTag({ key, value }: Tag): Tag {
  return { key, value: value.slice(0, MAX_TAG_VALUE) };
}

function checkMetric(metric: Metric, path: string): void {
  checkKey(metric.key, `${path}name`, 'Metric name');
  if (metric.timestamp < 0) {
    throw invalidParameter(
      `Invalid value ${metric.timestamp} for parameter '${path}timestamp' supplied: metric '${metric.key}' (value=${Number.isInteger(metric.value) ? metric.value.toFixed(1) : metric.value}). Timestamp must be a nonnegative long (64-bit integer) `,
    );
  }
}

/** Checks a batch as a whole, so that a bad item leaves nothing written. */
export function checkBatch({ metrics = [], params = [], tags = [] }: Batch): void {
  checkCount('metrics', metrics.length);
  checkCount('params', params.length);
  checkCount('tags', tags.length);
  checkCount('items', metrics.length + params.length + tags.length);
  metrics.forEach((metric, at) => {
    // Of a thousand metrics most have the same few names.
    if (goodKeys.has(metric.key) && metric.timestamp >= 0) return;
    checkMetric(metric, metrics.length === 1 ? '' : `metrics[${at}].`);
  });
  for (const [at, { key }] of params.entries())
    checkKey(key, params.length === 1 ? 'key' : `params[${at}].key`, 'Param key');
  for (const [at, { key }] of tags.entries())
    checkKey(key, tags.length === 1 ? 'key' : `tags[${at}].key`, `tags[${at}].key`);
  const keys = params.map(({ key }) => key);
  const twice = [...new Set(keys.filter((key, at) => keys.indexOf(key) !== at))];
  if (twice.length > 0) {
    const list = twice.map((key) => `'${key}'`).join(', ');
    throw invalidParameter(
      `Duplicate parameter keys have been submitted: [${list}]. Please ensure the request contains only one param value per param key.`,
    );
  }
}

function checkCount(what: keyof typeof MAX_BATCH, count: number): void {
  const limit = MAX_BATCH[what];
  if (count <= limit) return;
  const noun = what === 'items' ? 'metrics, params, and tags' : what;
  throw invalidParameter(
    `A batch logging request can contain at most ${limit} ${noun}. Got ${count} ${noun}. Please split up ${noun} across multiple requests and try again.`,
  );
}

const MAX_ARTIFACT_LOCATION = 2_048;

/** An experiment's artifact root as a client gives it (CVE-2024-1483, CVE-2024-1594, CVE-2024-3848). */
export function checkArtifactLocation(location: string, platform: NodeJS.Platform = process.platform): void {
  if (location.length > MAX_ARTIFACT_LOCATION) {
    throw invalidParameter(
      `Invalid artifact path length. The length of the artifact path cannot be greater than ${MAX_ARTIFACT_LOCATION} characters.`,
    );
  }
  if (/[#;]/.test(location)) throw invalidParameter("'artifact_location' URL can't include fragments or params.");
  if (mayLeaveItsFolder(location)) {
    throw invalidParameter(`Invalid 'artifact_location': '${location}' must not leave its folder.`);
  }
  if (location.startsWith('runs:')) {
    throw invalidParameter(`Artifact location cannot be a runs:/ URI. Given: '${location}'`);
  }
  if (/^file:\/\/(?!\/|localhost\/)/i.test(location) || /^(?:\\\\|file:\/{4})/i.test(location)) {
    throw invalidParameter(`Invalid 'artifact_location': '${location}' names another machine.`);
  }
  // `C:x` lies in whatever folder is current on that drive.
  if (/^[a-zA-Z]:(?![\\/])/.test(location) || (/^[a-zA-Z]:/.test(location) && platform !== 'win32')) {
    throw invalidParameter(`Invalid 'artifact_location': '${location}' is no path of this system.`);
  }
}
