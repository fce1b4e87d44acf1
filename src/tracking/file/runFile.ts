import path from 'node:path';
import type { DatasetInput } from '../../entities/dataset.ts';
import { parseInt64 } from '../../entities/int64.ts';
import type { Metric } from '../../entities/metric.ts';
import type { ModelInput, ModelOutput, Run, RunInfo, RunStatus } from '../../entities/run.ts';
import { integerField, mapField, requiredText, textField } from '../../files/metaFields.ts';
import { formatMeta } from '../../files/metaYaml.ts';
import { readFilesBelow, readSubfolders, readText } from '../../files/read.ts';
import { readMeta } from '../../files/readMeta.ts';
import { makeFolder, replaceFile } from '../../files/write.ts';
import { readKeyFiles } from './keyFiles.ts';
import {
  ARTIFACTS,
  DATASET,
  DATASETS,
  INPUTS,
  keyFile,
  LINK,
  METRICS,
  metaFile,
  OUTPUTS,
  PARAMS,
  RUN,
  TAGS,
} from './layout.ts';
import { latestPoint, parseMetricFile } from './metricFile.ts';
import type { ReportProblem } from './problems.ts';

/** The numbers that MLflow writes for a run's status. */
const STATUSES: readonly RunStatus[] = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'];
/** MLflow's SourceType LOCAL: the only one that it writes since the source moved into tags. */
const SOURCE_TYPE = 4;
const RUN_NAME_TAG = 'mlflow.runName';

/**
 * Reads a run's folder; `undefined` where it is none. A file that cannot be read is reported and left out.
 * @throws an Error that says what is wrong with its meta file.
 */
export async function readRun(folder: string, report: ReportProblem): Promise<Run | undefined> {
  const info = await readRunInfo(folder);
  if (!info) return undefined;
  const tags = readKeyFiles(folder, TAGS);
  return {
    info: info.runName === '' ? { ...info, runName: tags.get(RUN_NAME_TAG) ?? '' } : info,
    data: { metrics: readLatestMetrics(folder, report), params: readKeyFiles(folder, PARAMS), tags },
    ...(await readInputs(folder, report)),
    modelOutputs: await readOutputs(folder, report),
  };
}

/** @throws an Error that says what is wrong with the meta file. */
export async function readRunInfo(folder: string): Promise<RunInfo | undefined> {
  const meta = await readMeta(metaFile(folder));
  if (!meta) return undefined;
  const runId = textField(meta, RUN.id) ?? requiredText(meta, RUN.legacyId);
  // An uploaded artifact must never pass for a run (ZDI-CAN-26649).
  if (runId !== path.basename(folder)) throw new Error(`its ${RUN.id} is '${runId}'`);
  return {
    runId,
    runName: textField(meta, RUN.name) ?? '',
    experimentId: textField(meta, RUN.experimentId) ?? path.basename(path.dirname(folder)),
    userId: textField(meta, RUN.userId) ?? '',
    status: STATUSES[(integerField(meta, RUN.status) ?? 1) - 1] ?? 'RUNNING',
    startTime: integerField(meta, RUN.startTime),
    endTime: integerField(meta, RUN.endTime),
    artifactUri: textField(meta, RUN.artifactUri) ?? path.join(folder, ARTIFACTS),
    lifecycleStage: textField(meta, RUN.lifecycleStage) === 'deleted' ? 'deleted' : 'active',
  };
}

/** Makes a run's folder with all that MLflow looks for before it takes a folder for a run. */
export function createRunFolder(folder: string, info: RunInfo): void {
  for (const kind of [METRICS, PARAMS, TAGS, ARTIFACTS]) makeFolder(path.join(folder, kind));
  writeRunInfo(folder, info);
}

/** @param deletedTime ms since the epoch, for a run that is being deleted. */
export function writeRunInfo(folder: string, info: RunInfo, deletedTime?: number): void {
  const meta = formatMeta({
    [RUN.id]: info.runId,
    // MLflow 2.x cannot read a run without the old name of its id, 3.x ignores it.
    [RUN.legacyId]: info.runId,
    [RUN.name]: info.runName,
    [RUN.experimentId]: info.experimentId,
    [RUN.userId]: info.userId,
    [RUN.status]: STATUSES.indexOf(info.status) + 1,
    [RUN.startTime]: info.startTime,
    [RUN.endTime]: info.endTime,
    [RUN.artifactUri]: info.artifactUri,
    [RUN.lifecycleStage]: info.lifecycleStage,
    [RUN.deletedTime]: deletedTime,
    entry_point_name: '',
    source_name: '',
    source_type: SOURCE_TYPE,
    source_version: '',
    tags: [],
  });
  replaceFile(metaFile(folder), meta);
}

function readLatestMetrics(folder: string, report: ReportProblem): ReadonlyMap<string, Metric> {
  const latest = new Map<string, Metric>();
  for (const key of readFilesBelow(path.join(folder, METRICS))) {
    const point = latestPoint(readMetricPoints(folder, key, report));
    if (point) latest.set(key, point);
  }
  return latest;
}

export function readMetricPoints(folder: string, key: string, report: ReportProblem): readonly Metric[] {
  const file = keyFile(folder, METRICS, key);
  const { points, broken } = parseMetricFile(key, readText(file) ?? '');
  if (broken.length > 0) {
    const lines = broken.length === 1 ? `line ${broken[0]} is` : `${broken.length} lines (from ${broken[0]} on) are`;
    report(file, `${lines} no metric; the other points are shown`);
  }
  return points;
}

async function readInputs(
  folder: string,
  report: ReportProblem,
): Promise<{ datasetInputs: DatasetInput[]; modelInputs: ModelInput[] }> {
  const inputs: { datasetInputs: DatasetInput[]; modelInputs: ModelInput[] } = { datasetInputs: [], modelInputs: [] };
  for (const name of readSubfolders(path.join(folder, INPUTS))) {
    const file = metaFile(path.join(folder, INPUTS, name));
    await reporting(file, report, async () => {
      const link = await readMeta(file);
      if (!link) return;
      const id = requiredText(link, LINK.sourceId);
      if (textField(link, LINK.sourceType) === 'MODEL') inputs.modelInputs.push({ modelId: id });
      else inputs.datasetInputs.push(await readDatasetInput(folder, id, mapField(link, LINK.tags)));
    });
  }
  return inputs;
}

async function readDatasetInput(
  folder: string,
  datasetId: string,
  tags: ReadonlyMap<string, string>,
): Promise<DatasetInput> {
  const meta = await readMeta(metaFile(path.join(path.dirname(folder), DATASETS, datasetId)));
  if (!meta) throw new Error(`there is no dataset ${datasetId}`);
  const dataset = {
    name: requiredText(meta, DATASET.name),
    digest: requiredText(meta, DATASET.digest),
    sourceType: textField(meta, DATASET.sourceType) ?? '',
    source: textField(meta, DATASET.source) ?? '',
    schema: textField(meta, DATASET.schema),
    profile: textField(meta, DATASET.profile),
  };
  return { dataset, tags };
}

async function readOutputs(folder: string, report: ReportProblem): Promise<ModelOutput[]> {
  const outputs: ModelOutput[] = [];
  for (const name of readSubfolders(path.join(folder, OUTPUTS))) {
    const file = metaFile(path.join(folder, OUTPUTS, name));
    await reporting(file, report, async () => {
      const link = await readMeta(file);
      if (!link) return;
      const step = parseInt64(textField(link, LINK.step) ?? '0') ?? 0;
      outputs.push({ modelId: requiredText(link, LINK.destinationId), step });
    });
  }
  return outputs;
}

async function reporting(file: string, report: ReportProblem, read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    report(file, error instanceof Error ? error.message : String(error));
  }
}
