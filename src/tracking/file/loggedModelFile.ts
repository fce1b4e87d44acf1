import path from 'node:path';
import type { LoggedModel, LoggedModelMetric, LoggedModelStatus } from '../../entities/loggedModel.ts';
import type { Metric } from '../../entities/metric.ts';
import { integerField, requiredText, textField } from '../../files/metaFields.ts';
import { formatMeta } from '../../files/metaYaml.ts';
import { readFilesBelow, readText } from '../../files/read.ts';
import { readMeta } from '../../files/readMeta.ts';
import { replaceFile } from '../../files/write.ts';
import { appendKeyLines, readKeyFiles } from './keyFiles.ts';
import { ARTIFACTS, keyFile, LOGGED_MODEL, METRICS, metaFile, PARAMS, TAGS } from './layout.ts';
import { formatModelMetricLine, parseModelMetricFile } from './metrics/metricFile.ts';

/** The numbers that MLflow writes for a logged model's status. */
const STATUSES: readonly LoggedModelStatus[] = [
  'LOGGED_MODEL_STATUS_UNSPECIFIED',
  'LOGGED_MODEL_PENDING',
  'LOGGED_MODEL_READY',
  'LOGGED_MODEL_UPLOAD_FAILED',
];

/** @throws an Error that says what is wrong with the meta file. */
export async function readLoggedModel(folder: string): Promise<LoggedModel | undefined> {
  const meta = await readMeta(metaFile(folder));
  if (!meta) return undefined;
  const created = integerField(meta, LOGGED_MODEL.creationTimestamp) ?? 0;
  return {
    modelId: requiredText(meta, LOGGED_MODEL.id),
    experimentId: requiredText(meta, LOGGED_MODEL.experimentId),
    name: requiredText(meta, LOGGED_MODEL.name),
    creationTimestamp: created,
    lastUpdatedTimestamp: integerField(meta, LOGGED_MODEL.lastUpdatedTimestamp) ?? created,
    artifactUri: textField(meta, LOGGED_MODEL.artifactLocation) ?? path.join(folder, ARTIFACTS),
    status: STATUSES[integerField(meta, LOGGED_MODEL.status) ?? 0] ?? 'LOGGED_MODEL_STATUS_UNSPECIFIED',
    statusMessage: textField(meta, LOGGED_MODEL.statusMessage),
    modelType: textField(meta, LOGGED_MODEL.modelType),
    sourceRunId: textField(meta, LOGGED_MODEL.sourceRunId),
    lifecycleStage: textField(meta, LOGGED_MODEL.lifecycleStage) === 'deleted' ? 'deleted' : 'active',
    tags: readKeyFiles(folder, TAGS),
    params: readKeyFiles(folder, PARAMS),
    metrics: readModelMetrics(folder),
  };
}

/** All points that were logged for the model. */
function readModelMetrics(folder: string): LoggedModelMetric[] {
  return readFilesBelow(path.join(folder, METRICS)).flatMap((key) =>
    parseModelMetricFile(key, readText(keyFile(folder, METRICS, key)) ?? ''),
  );
}

export function writeLoggedModel(folder: string, model: LoggedModel): void {
  const meta = formatMeta({
    [LOGGED_MODEL.id]: model.modelId,
    [LOGGED_MODEL.experimentId]: model.experimentId,
    [LOGGED_MODEL.name]: model.name,
    [LOGGED_MODEL.creationTimestamp]: model.creationTimestamp,
    [LOGGED_MODEL.lastUpdatedTimestamp]: model.lastUpdatedTimestamp,
    [LOGGED_MODEL.artifactLocation]: model.artifactUri,
    [LOGGED_MODEL.status]: STATUSES.indexOf(model.status),
    [LOGGED_MODEL.statusMessage]: model.statusMessage,
    [LOGGED_MODEL.modelType]: model.modelType,
    [LOGGED_MODEL.sourceRunId]: model.sourceRunId,
    [LOGGED_MODEL.lifecycleStage]: model.lifecycleStage,
  });
  replaceFile(metaFile(folder), meta);
}

/** Appends points to a model's metric file, each once. */
export function appendModelMetrics(folder: string, metrics: readonly Metric[], runId: string): void {
  for (const metric of metrics) {
    const file = keyFile(folder, METRICS, metric.key);
    const line = formatModelMetricLine(metric, runId);
    if (!(readText(file) ?? '').split('\n').includes(line.trimEnd())) appendKeyLines(folder, METRICS, metric.key, line);
  }
}
