import path from 'node:path';
import type { DatasetInput } from '../../entities/dataset.ts';
import { doesNotExist, invalidParameter, MlflowError } from '../../entities/error.ts';
import { parseJson, toJson } from '../../entities/jsonText.ts';
import { checkBatch, checkKey, checkModelId, truncateParam, truncateTag } from '../../entities/limits.ts';
import type { Metric } from '../../entities/metric.ts';
import type { Batch, ModelInput, ModelOutput, Param, RunInfo, Tag } from '../../entities/run.ts';
import { formatMeta, type MetaInput } from '../../files/metaYaml.ts';
import { errorCode } from '../../files/missing.ts';
import { isFile, isFolder, readText, stat } from '../../files/read.ts';
import { createWholeFolder, remove, replaceFile } from '../../files/write.ts';
import { pageBounds, pageOf, paginate } from '../../search/paging.ts';
import type { RunStore } from '../store.ts';
import type { StoreContext } from './context.ts';
import { md5 } from './ids.ts';
import { checkKeysFit, writeKeyFile } from './keyFiles.ts';
import { DATASET, DATASETS, INPUTS, keyFile, LINK, METRICS, metaFile, OUTPUTS, PARAMS, TAGS } from './layout.ts';
import { appendModelMetrics } from './loggedModelFile.ts';
import { MetricLog } from './metrics/metricLog.ts';
import { readMetricPoints } from './runFile.ts';
import type { RunFolder } from './runFolders.ts';
import { checkActive, noteRun } from './runs.ts';

const RUN_NAME_TAG = 'mlflow.runName';
const MODEL_HISTORY_TAG = 'mlflow.log-model.history';

/** bytes of a metric file that is not read whole for each page. */
const LONG = 256 * 1024;

export type RunLogStore = Pick<
  RunStore,
  'logBatch' | 'deleteTag' | 'logInputs' | 'logOutputs' | 'recordModel' | 'getMetricHistory'
>;

export function runLogStore(context: StoreContext): RunLogStore {
  const { folder, feed, runFolders, turns } = context;
  const metricLog = new MetricLog(context.onError);

  /** Changes an active run, one change after the other. */
  function change(runId: string, write: (runFolder: string, info: RunInfo) => void): Promise<void> {
    const work = ({ folder: runFolder, info }: RunFolder) => {
      checkActive(info);
      try {
        write(runFolder, info);
      } finally {
        // Where one part of it failed, others were written.
        noteRun(context, runFolder);
      }
    };
    return turns.take(runId, () => runFolders.use(runId, work));
  }

  /** The way of nearly all requests: nothing else has to be read or waited for. @returns false where there is. */
  function logMetrics(runId: string, metrics: readonly Metric[]): boolean {
    const run = turns.isTaken(runId) ? undefined : runFolders.lately(runId);
    if (!run) return false;
    checkActive(run.info);
    if (metrics.length > 1) metricLog.checkFit(run.folder, metrics);
    try {
      metricLog.write(run.folder, metrics);
    } catch (error) {
      // Its folder was moved a moment ago.
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    } finally {
      noteRun(context, run.folder);
    }
    return true;
  }

  function findModelFolder(modelId: string): string | undefined {
    try {
      return folder.modelFolder(modelId);
    } catch (error) {
      if (error instanceof MlflowError) return undefined;
      throw error;
    }
  }

  /** A metric of a logged model is also kept with the model; where there is none, as in MLflow, with the run alone. */
  function writeModelMetrics(runId: string, metrics: readonly Metric[]): void {
    for (const metric of metrics) {
      if (metric.modelId === undefined) continue;
      const modelFolder = findModelFolder(metric.modelId);
      if (modelFolder === undefined) continue;
      appendModelMetrics(modelFolder, [metric], runId);
      const experimentId = path.basename(path.dirname(path.dirname(modelFolder)));
      feed.announce({ kind: 'loggedModel', experimentId, modelId: metric.modelId });
    }
  }

  function writeTags(runFolder: string, info: RunInfo, tags: readonly Tag[]): void {
    for (const { key, value } of tags.map(truncateTag)) {
      writeKeyFile(runFolder, TAGS, key, value);
      if (key === RUN_NAME_TAG) runFolders.write(runFolder, { ...info, runName: value });
    }
  }

  return {
    async logBatch(runId, batch: Batch) {
      checkBatch(batch);
      const { metrics = [], params = [], tags = [] } = batch;
      if (isMetricsAlone(batch) && logMetrics(runId, metrics)) return;
      return change(runId, (runFolder, info) => {
        const newParams = changedParams(runFolder, runId, params.map(truncateParam));
        for (const { modelId } of metrics) if (modelId !== undefined) checkModelId(modelId);
        // One name alone is refused or written; of many, none is written when one is refused.
        if (metrics.length + params.length + tags.length > 1) {
          for (const [kind, items] of [
            [METRICS, metrics],
            [PARAMS, newParams],
            [TAGS, tags],
          ] as const) {
            checkKeysFit(runFolder, kind, [...new Set(items.map(({ key }) => key))]);
          }
        }
        for (const { key, value } of newParams) writeKeyFile(runFolder, PARAMS, key, value);
        metricLog.write(runFolder, metrics);
        writeModelMetrics(runId, metrics);
        writeTags(runFolder, info, tags);
      });
    },

    async deleteTag(runId, key) {
      checkKey(key, 'key');
      return change(runId, (runFolder) => {
        const file = keyFile(runFolder, TAGS, key);
        if (!isFile(file)) throw doesNotExist(`No tag with name: ${key} in run with id ${runId}`);
        remove(file);
      });
    },

    logInputs(runId, datasets: readonly DatasetInput[], models: readonly ModelInput[]) {
      return change(runId, (runFolder) => {
        for (const input of datasets) writeDatasetInput(runFolder, runId, input);
        for (const { modelId } of models) writeInput(runFolder, runId, modelId, 'MODEL', new Map());
      });
    },

    logOutputs(runId, models: readonly ModelOutput[]) {
      return change(runId, (runFolder) => {
        for (const { modelId, step } of models) {
          folder.modelFolder(modelId);
          writeLink(runFolder, path.join(runFolder, OUTPUTS, modelId), {
            [LINK.sourceId]: modelId,
            [LINK.sourceType]: 'RUN_OUTPUT',
            [LINK.destinationId]: modelId,
            [LINK.destinationType]: 'MODEL_OUTPUT',
            [LINK.step]: step,
            [LINK.tags]: {},
          });
        }
      });
    },

    async recordModel(runId, modelJson) {
      const model = parseModel(modelJson);
      return change(runId, (runFolder) => {
        const file = keyFile(runFolder, TAGS, MODEL_HISTORY_TAG);
        const history = [...readHistory(readText(file)), model];
        writeKeyFile(runFolder, TAGS, MODEL_HISTORY_TAG, JSON.stringify(history));
      });
    },

    async getMetricHistory(runId, key, { maxResults, pageToken } = {}) {
      checkKey(key, 'name');
      const runFolder = folder.runFolder(runId);
      const file = keyFile(runFolder, METRICS, key);
      if (maxResults !== undefined && (stat(file)?.size ?? 0) > LONG) {
        const { offset, count } = pageBounds(maxResults, pageToken, { default: 1, limit: Number.MAX_SAFE_INTEGER });
        const { points, hasMore } = await context.metricPages.read(key, file, offset, count);
        return pageOf(points, offset, offset + points.length + (hasMore ? 1 : 0));
      }
      const experimentId = path.basename(path.dirname(runFolder));
      const points = readMetricPoints(runFolder, key, context.problems.reader(file, { experimentId, runId }));
      return paginate(points, maxResults, pageToken, { default: points.length, limit: Number.MAX_SAFE_INTEGER });
    },
  };
}

function isMetricsAlone({ metrics = [], params = [], tags = [] }: Batch): boolean {
  return (
    metrics.length > 0 && params.length + tags.length === 0 && !metrics.some(({ modelId }) => modelId !== undefined)
  );
}

/** The params that are not there yet. @throws INVALID_PARAMETER_VALUE where one is there with another value. */
function changedParams(runFolder: string, runId: string, params: readonly Param[]): Param[] {
  return params.filter(({ key, value }) => {
    const before = readText(keyFile(runFolder, PARAMS, key));
    if (before !== undefined && before !== value) {
      throw invalidParameter(
        `Changing param values is not allowed. Param with key='${key}' was already logged with value='${before}' for run ID='${runId}'. Attempted logging new value '${value}'.`,
      );
    }
    return before === undefined;
  });
}

function writeDatasetInput(runFolder: string, runId: string, { dataset, tags }: DatasetInput): void {
  const datasetId = md5(dataset.name, dataset.digest);
  const datasetFolder = path.join(path.dirname(runFolder), DATASETS, datasetId);
  if (!isFile(metaFile(datasetFolder))) {
    writeLink(runFolder, datasetFolder, {
      [DATASET.name]: dataset.name,
      [DATASET.digest]: dataset.digest,
      [DATASET.sourceType]: dataset.sourceType,
      [DATASET.source]: dataset.source,
      [DATASET.schema]: dataset.schema,
      [DATASET.profile]: dataset.profile,
    });
  }
  writeInput(runFolder, runId, datasetId, 'DATASET', tags);
}

function writeInput(
  runFolder: string,
  runId: string,
  sourceId: string,
  sourceType: 'DATASET' | 'MODEL',
  tags: ReadonlyMap<string, string>,
): void {
  const link = path.join(runFolder, INPUTS, md5(sourceId, runId));
  if (isFile(metaFile(link))) return;
  writeLink(runFolder, link, {
    [LINK.sourceId]: sourceId,
    [LINK.sourceType]: sourceType,
    // MLflow writes the source's id here, too; nobody reads it.
    [LINK.destinationId]: sourceId,
    [LINK.destinationType]: 'RUN',
    [LINK.tags]: Object.fromEntries(tags),
  });
}

/** Makes a folder with a meta file of its own, both at once: MLflow's reader fails at one without. */
function writeLink(runFolder: string, folder: string, fields: Readonly<Record<string, MetaInput>>): void {
  const meta = formatMeta(fields);
  if (isFolder(folder)) replaceFile(metaFile(folder), meta);
  else createWholeFolder(folder, runFolder, (unfinished) => replaceFile(metaFile(unfinished), meta));
}

const MODEL_FIELDS = ['artifact_path', 'flavors', 'run_id', 'utc_time_created'] as const;

/** The models that a run's tag tells of. Anybody can write anything into a tag: then it tells of none. */
function readHistory(text: string | undefined): readonly unknown[] {
  try {
    const history = toJson(parseJson(text || '[]'));
    return Array.isArray(history) ? history : [];
  } catch {
    return [];
  }
}

/** Characters of a wrong text that an error shows. */
const SHOWN = 1_000;

/** What MLflow keeps of a model's JSON. @throws INVALID_PARAMETER_VALUE */
function parseModel(text: string): Readonly<Record<string, unknown>> {
  let model: unknown;
  try {
    model = toJson(parseJson(text));
  } catch {
    throw invalidParameter(`Malformed model info. \n ${text.slice(0, SHOWN)} \n is not a valid JSON.`);
  }
  const given: object = typeof model === 'object' && model !== null ? model : {};
  const missing = MODEL_FIELDS.filter((field) => !(field in given));
  if (missing.length > 0) {
    const list = missing.map((field) => `'${field}'`).join(', ');
    throw invalidParameter(`Model json is missing mandatory fields: {${list}}`);
  }
  return Object.fromEntries([...MODEL_FIELDS, 'model_uuid'].map((field) => [field, Reflect.get(given, field)]));
}
