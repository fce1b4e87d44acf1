import type { Metric } from '../../../entities/metric.ts';
import type { Run, RunStatus } from '../../../entities/run.ts';
import type { RunFields } from '../../../search/runs.ts';

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
interface PackedColumns<T> {
  /** Key texts of each shape, in the order of the values. */
  readonly shapes: readonly Uint32Array[];
  /** The shape of each run. */
  readonly shape: Uint32Array;
  /** Where each run's values begin, in items. */
  readonly start: Uint32Array;
  readonly values: T;
}

interface Rest {
  readonly datasetInputs: Run['datasetInputs'];
  readonly modelInputs: Run['modelInputs'];
  readonly modelOutputs: Run['modelOutputs'];
  /** Metrics whose step or time needs more digits than a number has, or that have a dataset. */
  readonly metrics: ReadonlyMap<string, Metric>;
}

/** The columns of `infos`; all but the last are texts. */
const INFO = { runId: 0, runName: 1, experimentId: 2, home: 3, userId: 4, artifactUri: 5, state: 6, width: 7 } as const;
/** Value, timestamp and step of a metric. */
const METRIC_WIDTH = 3;
const STATUSES: readonly RunStatus[] = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'];
/** Added to the number of the status. */
const DELETED = 8;
/** What most artifact URIs have at the place of the run's id, so that they are one text for a whole experiment. */
const OWN_ID = '\0';

/** Packs runs one by one. */
export class RunPacker {
  readonly #texts = new Numbering();
  readonly #infos: number[] = [];
  readonly #times: number[] = [];
  readonly #metrics = new ColumnPacker();
  readonly #params = new ColumnPacker();
  readonly #tags = new ColumnPacker();
  readonly #rest = new Map<number, Rest>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** @param home the experiment whose folder the run lies in. */
  add(home: string, { info, data, datasetInputs, modelInputs, modelOutputs }: Run): void {
    const text = (value: string) => this.#texts.of(value);
    this.#infos.push(
      text(info.runId),
      text(info.runName),
      text(info.experimentId),
      text(home),
      text(info.userId),
      text(info.artifactUri.replace(info.runId, OWN_ID)),
      STATUSES.indexOf(info.status) + (info.lifecycleStage === 'deleted' ? DELETED : 0),
    );
    this.#times.push(info.startTime ?? Number.NaN, info.endTime ?? Number.NaN);
    const unusual = new Map<string, Metric>();
    this.#metrics.add([...data.metrics.keys()].map(text));
    for (const metric of data.metrics.values()) {
      this.#metrics.values.push(metric.value, Number(metric.timestamp), Number(metric.step));
      if (isUnusual(metric)) unusual.set(metric.key, metric);
    }
    for (const [packer, pairs] of [
      [this.#params, data.params],
      [this.#tags, data.tags],
    ] as const) {
      packer.add([...pairs.keys()].map(text));
      for (const value of pairs.values()) packer.values.push(text(value));
    }
    if (datasetInputs.length + modelInputs.length + modelOutputs.length + unusual.size > 0) {
      this.#rest.set(this.#count, { datasetInputs, modelInputs, modelOutputs, metrics: unusual });
    }
    this.#count += 1;
  }

  finish(): PackedRuns {
    return {
      count: this.#count,
      texts: this.#texts.all,
      infos: Uint32Array.from(this.#infos),
      times: Float64Array.from(this.#times),
      metrics: { ...this.#metrics.finish(), values: Float64Array.from(this.#metrics.values) },
      params: { ...this.#params.finish(), values: Uint32Array.from(this.#params.values) },
      tags: { ...this.#tags.finish(), values: Uint32Array.from(this.#tags.values) },
      rest: this.#rest,
    };
  }
}

class Numbering {
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.all.push(text) - 1;
      this.#numbers.set(text, number);
    }
    return number;
  }
}

class ColumnPacker {
  readonly values: number[] = [];
  readonly #shapes = new Map<string, number>();
  readonly #keys: Uint32Array[] = [];
  readonly #shape: number[] = [];
  readonly #start: number[] = [];

  /** Says what the values that follow belong to. */
  add(keys: readonly number[]): void {
    const name = keys.join();
    let shape = this.#shapes.get(name);
    if (shape === undefined) {
      shape = this.#keys.push(Uint32Array.from(keys)) - 1;
      this.#shapes.set(name, shape);
    }
    this.#shape.push(shape);
    this.#start.push(this.values.length);
  }

  finish() {
    return { shapes: this.#keys, shape: Uint32Array.from(this.#shape), start: Uint32Array.from(this.#start) };
  }
}

function isUnusual({ timestamp, step, datasetName, datasetDigest, modelId }: Metric): boolean {
  if (typeof timestamp === 'bigint' || typeof step === 'bigint') return true;
  return datasetName !== undefined || datasetDigest !== undefined || modelId !== undefined;
}

/** The buffers of packed runs, to be moved to another thread instead of copied. */
export function buffersOf({ infos, times, metrics, params, tags }: PackedRuns): ArrayBuffer[] {
  const columns = [metrics, params, tags].flatMap(({ shape, start, values }) => [shape, start, values]);
  return [infos, times, ...columns].map((array) => array.buffer as ArrayBuffer);
}

/** Reads the columns of packed runs by the number of a run. */
export function packedFields(packed: PackedRuns): RunFields<number> {
  const { texts, infos, times, metrics, rest } = packed;
  const textAt = (column: number) => (run: number) => texts[infos[run * INFO.width + column] ?? 0] ?? '';
  const number = (offset: number) => (run: number) => {
    const time = times[2 * run + offset] ?? Number.NaN;
    return Number.isNaN(time) ? undefined : time;
  };
  const text = (columns: PackedColumns<Uint32Array>, key: string) => {
    const at = positionsOf(packed, columns, key);
    const { shape, start, values } = columns;
    return (run: number) => {
      const position = at[shape[run] ?? 0] ?? -1;
      return position < 0 ? undefined : texts[values[(start[run] ?? 0) + position] ?? 0];
    };
  };
  const none: Run['datasetInputs'] = [];
  return {
    metric(key) {
      const at = positionsOf(packed, metrics, key);
      const { shape, start, values } = metrics;
      return (run) => {
        const position = at[shape[run] ?? 0] ?? -1;
        return position < 0 ? undefined : values[(start[run] ?? 0) + METRIC_WIDTH * position];
      };
    },
    param: (key) => text(packed.params, key),
    tag: (key) => text(packed.tags, key),
    number: (attribute) => number(attribute === 'startTime' ? 0 : 1),
    text: (attribute) => {
      if (attribute === 'status') return (run) => statusOf(stateOf(packed, run));
      if (attribute === 'artifactUri') return (run) => artifactUriOf(packed, run);
      return textAt(INFO[attribute]);
    },
    datasetInputs: (run) => rest.get(run)?.datasetInputs ?? none,
  };
}

/** Where a key's value is among those of each shape; -1 where it is not. */
function positionsOf({ texts }: PackedRuns, { shapes }: PackedColumns<unknown>, key: string): Int32Array {
  const number = texts.indexOf(key);
  return Int32Array.from(shapes, (keys) => (number < 0 ? -1 : keys.indexOf(number)));
}

/** The experiment in whose folder a run lies, as a number that compares with `textNumber`. */
export function homeOf({ infos }: PackedRuns, run: number): number {
  return infos[run * INFO.width + INFO.home] ?? 0;
}

/** The number of a text; -1 where no run has it. */
export function textNumber({ texts }: PackedRuns, text: string): number {
  return texts.indexOf(text);
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

function stateOf({ infos }: PackedRuns, run: number): number {
  return infos[run * INFO.width + INFO.state] ?? 0;
}

function statusOf(state: number): RunStatus {
  return STATUSES[state % DELETED] ?? 'RUNNING';
}

function artifactUriOf(packed: PackedRuns, run: number): string {
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
