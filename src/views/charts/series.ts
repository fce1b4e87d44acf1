import type { MetricSeries } from '../../entities/metricSeries.ts';

/** One run's curve of one metric; the arrays have one entry a point. NaN and infinities are gaps. */
export interface Series {
  readonly steps: Float64Array;
  /** ms since the epoch. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** Points that were logged, of which the arrays may show fewer. */
  readonly total: number;
  readonly statistics: Statistics;
}

/** Over the finite values; absent where there is none. */
export interface Statistics {
  readonly last: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** Step of the last point. */
  readonly lastStep: number | undefined;
}

export function series({ steps, timestamps, values, statistics }: MetricSeries): Series {
  const { count, min, max, last } = statistics;
  return {
    steps,
    times: timestamps,
    values,
    total: count,
    statistics: { last: last?.value, min: min?.value, max: max?.value, lastStep: last?.step },
  };
}
