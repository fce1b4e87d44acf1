import type { Metric } from '../../../entities/metric.ts';
import type { Run } from '../../../entities/run.ts';
import { DELETED, OWN_ID, type PackedRuns, type Rest, STATUSES } from './packedRuns.ts';

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
    this.#metrics.begin(this.#metrics.shapeOf([...data.metrics.keys()].map(text)));
    for (const metric of data.metrics.values()) {
      this.#metrics.values.push(metric.value, Number(metric.timestamp), Number(metric.step));
      if (isUnusual(metric)) unusual.set(metric.key, metric);
    }
    for (const [packer, pairs] of [
      [this.#params, data.params],
      [this.#tags, data.tags],
    ] as const) {
      packer.begin(packer.shapeOf([...pairs.keys()].map(text)));
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

/** Gives numbers to texts. */
export class Numbering {
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

/** Packs the metrics, params or tags of runs, one run after the other. */
export class ColumnPacker {
  readonly values: number[] = [];
  readonly #shapes = new Map<string, number>();
  readonly #keys: Uint32Array[] = [];
  readonly #shape: number[] = [];
  readonly #start: number[] = [];

  /** The shape of runs with these keys. */
  shapeOf(keys: readonly number[] | Uint32Array): number {
    const name = keys.join();
    let shape = this.#shapes.get(name);
    if (shape === undefined) {
      shape = this.#keys.push(Uint32Array.from(keys)) - 1;
      this.#shapes.set(name, shape);
    }
    return shape;
  }

  /** The values that are pushed from here on are the next run's. */
  begin(shape: number): void {
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
