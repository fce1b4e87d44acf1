import type { Metric } from '../../../entities/metric.ts';
import type { Run, RunStatus } from '../../../entities/run.ts';

/**
 * Runs as columns: a tenth of what they take as objects, searched without making any, and moved between threads and to a
 * file as they are. Texts are numbers of one list; the keys of a run's metrics, params and tags are those of a shape,
 * which it shares with runs that have the same keys.
 */
export interface PackedRuns {
  readonly count: number;
  readonly texts: readonly string[];
  /** `INFO.width` numbers a run. */
  readonly infos: Uint32Array;
  /** Start and end of each run, ms since the epoch; NaN where there is none. */
  readonly times: Float64Array;
  readonly metrics: PackedColumns<Float64Array>;
  readonly params: PackedColumns<Uint32Array>;
  readonly tags: PackedColumns<Uint32Array>;
  /** What few runs have, by their number. */
  readonly rest: ReadonlyMap<number, Rest>;
}

/** Values of runs by key. */
export interface PackedColumns<T> {
  /** Key texts of each shape, in the order of the values. */
  readonly shapes: readonly Uint32Array[];
  /** The shape of each run. */
  readonly shape: Uint32Array;
  /** Where each run's values begin, in items. */
  readonly start: Uint32Array;
  readonly values: T;
}

export interface Rest {
  readonly datasetInputs: Run['datasetInputs'];
  readonly modelInputs: Run['modelInputs'];
  readonly modelOutputs: Run['modelOutputs'];
  /** Metrics whose step or time needs more digits than a number has, or that have a dataset. */
  readonly metrics: ReadonlyMap<string, Metric>;
}

/** The columns of `infos`; all but the last are texts. */
export const INFO = {
  runId: 0,
  runName: 1,
  experimentId: 2,
  home: 3,
  userId: 4,
  artifactUri: 5,
  state: 6,
  width: 7,
} as const;
/** Value, timestamp and step of a metric. */
export const METRIC_WIDTH = 3;
export const STATUSES: readonly RunStatus[] = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'];
/** Added to the number of the status. */
export const DELETED = 8;
/** What most artifact URIs have at the place of the run's id, so that they are one text for a whole experiment. */
export const OWN_ID = '\0';

/** The buffers of packed runs, to be moved to another thread instead of copied. */
export function buffersOf({ infos, times, metrics, params, tags }: PackedRuns): ArrayBuffer[] {
  const columns = [metrics, params, tags].flatMap(({ shape, start, values }) => [shape, start, values]);
  return [infos, times, ...columns].map((array) => array.buffer as ArrayBuffer);
}

/** The experiment in whose folder a run lies, as a number that compares with `textNumber`. */
export function homeOf({ infos }: PackedRuns, run: number): number {
  return infos[run * INFO.width + INFO.home] ?? 0;
}

export function isDeleted(packed: PackedRuns, run: number): boolean {
  return stateOf(packed, run) >= DELETED;
}

/** Whether a run has not ended. */
export function isActive(packed: PackedRuns, run: number): boolean {
  return statusOf(stateOf(packed, run)) === 'RUNNING';
}

export function runIdOf({ texts, infos }: PackedRuns, run: number): string {
  return texts[infos[run * INFO.width + INFO.runId] ?? 0] ?? '';
}

export function homeIdOf(packed: PackedRuns, run: number): string {
  return packed.texts[homeOf(packed, run)] ?? '';
}

export function stateOf({ infos }: PackedRuns, run: number): number {
  return infos[run * INFO.width + INFO.state] ?? 0;
}

export function statusOf(state: number): RunStatus {
  return STATUSES[state % DELETED] ?? 'RUNNING';
}

export function artifactUriOf(packed: PackedRuns, run: number): string {
  const text = packed.texts[packed.infos[run * INFO.width + INFO.artifactUri] ?? 0] ?? '';
  return text.replace(OWN_ID, () => runIdOf(packed, run));
}

/** A run as an entity. */
export function unpackRun(packed: PackedRuns, run: number): Run {
  const { texts, infos, times, rest } = packed;
  const text = (column: number) => texts[infos[run * INFO.width + column] ?? 0] ?? '';
  const time = (value = Number.NaN) => (Number.isNaN(value) ? undefined : value);
  const more = rest.get(run);
  const state = stateOf(packed, run);
  return {
    info: {
      runId: text(INFO.runId),
      runName: text(INFO.runName),
      experimentId: text(INFO.experimentId),
      userId: text(INFO.userId),
      status: statusOf(state),
      startTime: time(times[2 * run]),
      endTime: time(times[2 * run + 1]),
      artifactUri: artifactUriOf(packed, run),
      lifecycleStage: state >= DELETED ? 'deleted' : 'active',
    },
    data: {
      metrics: unpackMetrics(packed, run, more?.metrics),
      params: unpackTexts(packed, packed.params, run),
      tags: unpackTexts(packed, packed.tags, run),
    },
    datasetInputs: more?.datasetInputs ?? [],
    modelInputs: more?.modelInputs ?? [],
    modelOutputs: more?.modelOutputs ?? [],
  };
}

function unpackMetrics(
  { texts, metrics }: PackedRuns,
  run: number,
  unusual: ReadonlyMap<string, Metric> | undefined,
): Map<string, Metric> {
  const { shapes, shape, start, values } = metrics;
  const found = new Map<string, Metric>();
  let at = start[run] ?? 0;
  for (const number of shapes[shape[run] ?? 0] ?? []) {
    const key = texts[number] ?? '';
    const [value = 0, timestamp = 0, step = 0] = [values[at], values[at + 1], values[at + 2]];
    found.set(key, unusual?.get(key) ?? { key, value, timestamp, step });
    at += METRIC_WIDTH;
  }
  return found;
}

function unpackTexts({ texts }: PackedRuns, columns: PackedColumns<Uint32Array>, run: number): Map<string, string> {
  const { shapes, shape, start, values } = columns;
  const found = new Map<string, string>();
  let at = start[run] ?? 0;
  for (const number of shapes[shape[run] ?? 0] ?? []) found.set(texts[number] ?? '', texts[values[at++] ?? 0] ?? '');
  return found;
}
