import type { Experiment } from '../../entities/experiment.ts';
import type { Run, RunStatus } from '../../entities/run.ts';
import { formatAge, formatDuration, formatMoment } from '../formatTime.ts';
import { projectSource } from '../projectRun.ts';
import { RUN_COLOR_TAG, type RunColor, runColor } from '../runColor.ts';
import { type DatasetRow, datasetRows } from './datasets.ts';
import type { RunFamily } from './family.ts';
import type { ModelRow } from './models.ts';
import { type OriginRow, originRows } from './origin.ts';

/** What the details of one run show, in parts that are sent when they change. */
export interface RunDetails {
  readonly header: DetailsHeader;
  readonly times: DetailsTimes;
  /** The description: Markdown; empty for none. */
  readonly note: string;
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
  /** Those that MLflow itself keeps, whose names begin with `mlflow.`. */
  readonly systemTags: readonly KeyValue[];
  readonly metrics: MetricsState;
  readonly datasets: readonly DatasetRow[];
  readonly origin: readonly OriginRow[];
  readonly models: readonly ModelRow[];
  readonly family: RunFamily;
}

export interface DetailsHeader extends RunColor {
  readonly runId: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly experimentId: string;
  readonly experimentName: string;
  readonly artifactUri: string;
  readonly isDeleted: boolean;
  /** It was made by an entry point of a project. */
  readonly isProjectRun: boolean;
  /** It goes on: files and values may come. */
  readonly isActive: boolean;
}

/** Texts that change with the clock. */
export interface DetailsTimes {
  readonly age: string | undefined;
  /** The same in full. */
  readonly started: string | undefined;
  readonly ended: string | undefined;
  readonly duration: string | undefined;
}

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

export interface MetricsState {
  readonly count: number;
  /** Changes whenever a latest value does. */
  readonly mark: string;
}

const NOTE = 'mlflow.note.content';
/** Shown elsewhere on the page, or texts of machines for machines. */
const HIDDEN_TAGS = new Set([NOTE, 'mlflow.runName']);

/** @param now ms since the epoch @param command that makes it again */
export function runDetails(
  run: Run,
  experiment: Pick<Experiment, 'name'> | undefined,
  now: number,
  command?: string,
): Omit<RunDetails, 'models' | 'family'> {
  const { info, data } = run;
  const tags = pairs(data.tags).filter(({ key }) => !HIDDEN_TAGS.has(key));
  return {
    header: {
      runId: info.runId,
      name: info.runName || info.runId.slice(0, 8),
      status: info.status,
      experimentId: info.experimentId,
      experimentName: experiment?.name ?? info.experimentId,
      artifactUri: info.artifactUri,
      isDeleted: info.lifecycleStage === 'deleted',
      isProjectRun: projectSource(run) !== undefined,
      isActive: isActive(run),
      ...runColor(info.runId, data.tags.get(RUN_COLOR_TAG)),
    },
    times: detailsTimes(run, now),
    note: data.tags.get(NOTE) ?? '',
    params: pairs(data.params),
    tags: tags.filter(({ key }) => !isSystemTag(key)),
    systemTags: tags.filter(({ key }) => isSystemTag(key)),
    metrics: { count: data.metrics.size, mark: metricsMark(run) },
    datasets: datasetRows(run),
    origin: originRows(run, command),
  };
}

export function isActive({ info }: Run): boolean {
  return info.status === 'RUNNING' || info.status === 'SCHEDULED';
}

/** @param now ms since the epoch */
export function detailsTimes({ info }: Run, now: number): DetailsTimes {
  const { startTime, endTime, status } = info;
  const end = endTime ?? (status === 'RUNNING' ? now : undefined);
  return {
    age: startTime === undefined ? undefined : formatAge(startTime, now),
    started: startTime === undefined ? undefined : formatMoment(startTime),
    ended: endTime === undefined ? undefined : formatMoment(endTime),
    duration: startTime === undefined || end === undefined ? undefined : formatDuration(end - startTime),
  };
}

function isSystemTag(key: string): boolean {
  return key.startsWith('mlflow.');
}

function pairs(values: ReadonlyMap<string, string>): KeyValue[] {
  return [...values].map(([key, value]) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Latest points of 12,000 metrics as a short text. */
function metricsMark({ data }: Run): string {
  let hash = 0;
  for (const { key, step, timestamp, value } of data.metrics.values()) {
    for (const char of `${key} ${step} ${timestamp} ${value}`) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
  }
  return `${data.metrics.size} ${hash}`;
}
