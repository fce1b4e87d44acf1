import type { MetricColumns } from '../../../entities/metricSeries.ts';

/** How much of a column may stay empty, as a share of what it holds. */
const SPARE = 0.25;

/** Columns of points with room for more. */
export class PointColumns {
  steps: Float64Array;
  timestamps: Float64Array;
  values: Float64Array;
  count = 0;

  /** @param room for so many points */
  constructor(room: number) {
    this.steps = new Float64Array(room);
    this.timestamps = new Float64Array(room);
    this.values = new Float64Array(room);
  }

  /** How many points there is room for. */
  get room(): number {
    return this.steps.length;
  }

  push(step: number, timestamp: number, value: number): void {
    const at = this.count;
    this.steps[at] = step;
    this.timestamps[at] = timestamp;
    this.values[at] = value;
    this.count = at + 1;
  }

  grow(): void {
    const room = Math.ceil(this.count * (1 + SPARE)) + 64;
    for (const name of ['steps', 'timestamps', 'values'] as const) {
      const larger = new Float64Array(room);
      larger.set(this[name]);
      this[name] = larger;
    }
  }

  finish(): MetricColumns {
    return { steps: this.#cut(this.steps), timestamps: this.#cut(this.timestamps), values: this.#cut(this.values) };
  }

  /** Copying takes long; keeping much that is empty, room. */
  #cut(column: Float64Array): Float64Array {
    const part = column.subarray(0, this.count);
    return column.length - this.count > this.count * SPARE ? part.slice() : part;
  }
}
