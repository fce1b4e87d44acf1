import type { IndexRecord } from './indexFile.ts';
import { INFO, METRIC_WIDTH, type PackedRuns, type Rest } from './packedRuns.ts';
import { ColumnPacker, Numbering } from './runPacker.ts';
import { LOOK_WIDTH } from './scan.ts';
import { type Segment, STAGE } from './segment.ts';

/** Packs the runs of segments once more, together, without those that are not to be found any more. */
export function mergeSegments(segments: readonly Segment[]): IndexRecord {
  const count = segments.reduce((sum, { alive }) => sum + alive, 0);
  const merger = new Merger(count);
  for (const segment of segments) merger.add(segment);
  return merger.finish();
}

class Merger {
  readonly #texts = new Numbering();
  readonly #infos: Uint32Array;
  readonly #times: Float64Array;
  readonly #looks: Float64Array;
  readonly #metrics = new ColumnPacker();
  readonly #params = new ColumnPacker();
  readonly #tags = new ColumnPacker();
  readonly #rest = new Map<number, Rest>();
  #count = 0;

  constructor(count: number) {
    this.#infos = new Uint32Array(INFO.width * count);
    this.#times = new Float64Array(2 * count);
    this.#looks = new Float64Array(LOOK_WIDTH * count);
  }

  add({ packed, looks, stages }: Segment): void {
    const { infos, times, rest } = packed;
    const textOf = this.#renumbered(packed.texts);
    const sameNumber = (value: number) => value;
    const copies = [
      copier(packed.metrics, this.#metrics, METRIC_WIDTH, textOf, sameNumber),
      copier(packed.params, this.#params, 1, textOf, textOf),
      copier(packed.tags, this.#tags, 1, textOf, textOf),
    ];
    for (let at = 0; at < packed.count; at++) {
      if (stages[at] === STAGE.gone) continue;
      const to = this.#count++;
      for (let column = 0; column < INFO.state; column++) {
        this.#infos[INFO.width * to + column] = textOf(infos[INFO.width * at + column] ?? 0);
      }
      this.#infos[INFO.width * to + INFO.state] = infos[INFO.width * at + INFO.state] ?? 0;
      this.#times.set(times.subarray(2 * at, 2 * at + 2), 2 * to);
      this.#looks.set(looks.subarray(LOOK_WIDTH * at, LOOK_WIDTH * (at + 1)), LOOK_WIDTH * to);
      for (const copy of copies) copy(at);
      const more = rest.get(at);
      if (more) this.#rest.set(to, more);
    }
  }

  finish(): IndexRecord {
    const packed: PackedRuns = {
      count: this.#count,
      texts: this.#texts.all,
      infos: this.#infos,
      times: this.#times,
      metrics: { ...this.#metrics.finish(), values: Float64Array.from(this.#metrics.values) },
      params: { ...this.#params.finish(), values: Uint32Array.from(this.#params.values) },
      tags: { ...this.#tags.finish(), values: Uint32Array.from(this.#tags.values) },
      rest: this.#rest,
    };
    return { packed, looks: this.#looks };
  }

  /** From numbers of other texts to ours; each text is looked up once. */
  #renumbered(texts: readonly string[]): (number: number) => number {
    const known = new Int32Array(texts.length).fill(-1);
    return (number) => {
      let own = known[number] ?? -1;
      if (own < 0) {
        own = this.#texts.of(texts[number] ?? '');
        known[number] = own;
      }
      return own;
    };
  }
}

type Columns = PackedRuns['metrics' | 'params' | 'tags'];

/** Copies the values of one run after the other. */
function copier(
  { shapes, shape, start, values }: Columns,
  to: ColumnPacker,
  width: number,
  keyOf: (number: number) => number,
  copyOf: (value: number) => number,
): (run: number) => void {
  const ownShapes = shapes.map((keys) => to.shapeOf(keys.map(keyOf)));
  return (run) => {
    const number = shape[run] ?? 0;
    to.begin(ownShapes[number] ?? 0);
    const first = start[run] ?? 0;
    const end = first + width * (shapes[number]?.length ?? 0);
    for (let at = first; at < end; at++) to.values.push(copyOf(values[at] ?? 0));
  };
}
