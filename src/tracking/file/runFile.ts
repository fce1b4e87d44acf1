import path from 'node:path';
import type { Metric } from '../../entities/metric.ts';
import type { RunInfo, RunStatus } from '../../entities/run.ts';
import { integerField, requiredText, textField } from '../../files/metaFields.ts';
import { formatMeta, type Meta } from '../../files/metaYaml.ts';
import { readText } from '../../files/read.ts';
import { readMeta } from '../../files/readMeta.ts';
import { makeFolder, type PreparedFile, prepareFile } from '../../files/write.ts';
import { createKeyFile } from './keyFiles.ts';
import { ARTIFACTS, keyFile, METRICS, metaFile, PARAMS, RUN, TAGS } from './layout.ts';
import { describeBroken, parseMetricFile } from './metrics/metricFile.ts';
import type { ReportProblem } from './problems.ts';

/** The numbers that MLflow writes for a run's status. */
const STATUSES: readonly RunStatus[] = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'];
/** MLflow's SourceType LOCAL: the only one that it writes since the source moved into tags. */
const SOURCE_TYPE = 4;

/** @throws an Error that says what is wrong with the meta file. */
export async function readRunInfo(folder: string): Promise<RunInfo | undefined> {
  const meta = await readMeta(metaFile(folder));
  return meta && runInfoOf(folder, meta);
}

/** @throws an Error that says what is wrong with it. */
export function runInfoOf(folder: string, meta: Meta): RunInfo {
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

/**
 * Makes a run's folder with all that MLflow looks for before it takes a folder for a run. The meta file comes last, since
 * it makes the folder a run.
 */
export function createRunFolder(folder: string, info: RunInfo, tags: ReadonlyMap<string, string>): void {
  makeFolder(folder);
  // MLflow 3 finds no run without a folder for artifacts, also where they lie elsewhere.
  for (const kind of [METRICS, PARAMS, TAGS, ARTIFACTS]) makeFolder(path.join(folder, kind));
  for (const [key, value] of tags) createKeyFile(folder, TAGS, key, value);
  writeRunInfo(folder, info);
}

/** @param deletedTime ms since the epoch, for a run that is being deleted. */
export function writeRunInfo(folder: string, info: RunInfo, deletedTime?: number): void {
  prepareRunInfo(folder, info, deletedTime).commit();
}

/** The first half of `writeRunInfo`. */
export function prepareRunInfo(folder: string, info: RunInfo, deletedTime?: number): PreparedFile {
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
  return prepareFile(metaFile(folder), meta);
}

export function readMetricPoints(folder: string, key: string, report: ReportProblem): readonly Metric[] {
  const file = keyFile(folder, METRICS, key);
  const { points, broken } = parseMetricFile(key, readText(file) ?? '');
  if (broken.length > 0) report(file, describeBroken(broken));
  return points;
}
