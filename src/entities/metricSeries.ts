import { compareRecency, type Metric } from './metric.ts';

/** The points of one metric of one run as columns, in MLflow's order of recency (see `compareRecency`). */
export interface MetricColumns {
  readonly steps: Float64Array;
  /** ms since the epoch. */
  readonly timestamps: Float64Array;
  /** Any doubles: NaN and the infinities included. */
  readonly values: Float64Array;
}

/** Over the finite values; a point is absent where there is none. */
export interface MetricStatistics {
  /** Points that were logged, whatever their values. */
  readonly count: number;
  readonly first: StatisticPoint | undefined;
  /** Of the highest step. */
  readonly last: StatisticPoint | undefined;
  /** The earliest one where there are several. */
  readonly min: StatisticPoint | undefined;
  readonly max: StatisticPoint | undefined;
}

export interface StatisticPoint {
  readonly step: number;
  readonly value: number;
}

/** What is asked of a metric's points. */
export interface SeriesQuery {
  /** At most so many points; thinned out where there are more. */
  readonly limit: number;
  /** From this step on, and up to this one; all when absent. */
  readonly steps?: { readonly from: number; readonly to: number } | undefined;
}

/** Points to draw, and what all of them together are like. */
export interface MetricSeries extends MetricColumns {
  readonly statistics: MetricStatistics;
}

export function columnsOf(points: readonly Metric[]): MetricColumns {
  const ordered = points.toSorted(compareRecency);
  return {
    steps: Float64Array.from(ordered, ({ step }) => Number(step)),
    timestamps: Float64Array.from(ordered, ({ timestamp }) => Number(timestamp)),
    values: Float64Array.from(ordered, ({ value }) => value),
  };
}

export function statisticsOf({ steps, values }: MetricColumns): MetricStatistics {
  let [first, last, min, max] = [-1, -1, -1, -1];
  let [lowest, highest] = [Infinity, -Infinity];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? Number.NaN;
    // Only of a finite number this is zero.
    if (value - value !== 0) continue;
    if (first < 0) first = at;
    if (value < lowest) [min, lowest] = [at, value];
    if (value > highest) [max, highest] = [at, value];
    last = at;
  }
  const point = (at: number) => (at < 0 ? undefined : { step: steps[at] ?? 0, value: values[at] ?? 0 });
  return { count: values.length, first: point(first), last: point(last), min: point(min), max: point(max) };
}

/** The points of some steps, thinned out. */
export function selectPoints(columns: MetricColumns, { limit, steps }: SeriesQuery): MetricColumns {
  const from = steps ? lowerBound(columns.steps, steps.from) : 0;
  const to = steps ? lowerBound(columns.steps, steps.to, true) : columns.steps.length;
  const kept = thinOut(columns.values, from, to, limit);
  return {
    steps: kept.map((at) => columns.steps[at] ?? 0),
    timestamps: kept.map((at) => columns.timestamps[at] ?? 0),
    values: kept.map((at) => columns.values[at] ?? 0),
  };
}

/** The first place whose number is not below (or, `after` it, above) the wanted one. */
function lowerBound(sorted: Float64Array, wanted: number, after = false): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] ?? 0;
    if (value < wanted || (after && value === wanted)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Thins a curve out for drawing: of every stretch the lowest and the highest point stay, in their order, and the first
 * and last of all, so that no extreme disappears and every zoom of the whole looks like the whole. A stretch with a gap
 * (NaN or an infinity) keeps one point of it.
 * @param limit largest number of points that stay, at least 5
 * @returns the places of those that stay
 */
export function thinOut(values: Float64Array, from: number, to: number, limit: number): Float64Array {
  const count = to - from;
  if (count <= limit) return Float64Array.from({ length: count }, (_, at) => from + at);
  // Up to three points come from a stretch: lowest, highest and one of a gap.
  const stretches = Math.max(1, Math.floor((limit - 2) / 3));
  const inner = count - 2;
  const kept: number[] = [from];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const start = from + 1 + Math.floor((stretch * inner) / stretches);
    const end = from + 1 + Math.floor(((stretch + 1) * inner) / stretches);
    kept.push(...(finiteExtremes(values, start, end) ?? extremes(values, start, end)));
  }
  kept.push(to - 1);
  return Float64Array.from(kept);
}

/** The places of the lowest and the highest value; `undefined` where one may be no finite number, told by their sum. */
function finiteExtremes(values: Float64Array, start: number, end: number): number[] | undefined {
  let lowest = start;
  let highest = start;
  let low = values[start] ?? 0;
  let high = low;
  let sum = 0;
  for (let at = start; at < end; at++) {
    const value = values[at] ?? 0;
    sum += value;
    if (value < low) {
      low = value;
      lowest = at;
    } else if (value > high) {
      high = value;
      highest = at;
    }
  }
  return Number.isFinite(sum) ? inTheirOrder([lowest, highest]) : undefined;
}

/** The same, and the place of one that is not finite. */
function extremes(values: Float64Array, start: number, end: number): number[] {
  let [lowest, highest, gap] = [-1, -1, -1];
  let [low, high] = [Infinity, -Infinity];
  for (let at = start; at < end; at++) {
    const value = values[at] ?? Number.NaN;
    if (!Number.isFinite(value)) gap = at;
    else {
      if (value < low) [lowest, low] = [at, value];
      if (value > high) [highest, high] = [at, value];
    }
  }
  return inTheirOrder([lowest, highest, gap].filter((at) => at >= 0));
}

function inTheirOrder(places: readonly number[]): number[] {
  return [...new Set(places)].sort((a, b) => a - b);
}
