import type { ChartRun, MetricChartView, Series } from '../../src/protocol/metricChart.ts';

export interface Point {
  readonly x: number;
  /** NaN leaves a gap. */
  readonly y: number;
}

/**
 * The points of a curve on the chosen axis: steps, moments (ms since the epoch), or seconds since the run's start.
 * Smoothed like TensorBoard does: an exponential moving average that does not start at zero.
 */
export function curve(
  series: Series,
  { startTime }: ChartRun,
  { xAxis, smoothing }: Pick<MetricChartView, 'xAxis' | 'smoothing'>,
): Point[] {
  const start = startTime ?? series.times[0] ?? 0;
  const x = (at: number) => {
    if (xAxis === 'step') return series.steps[at] ?? 0;
    const time = series.times[at] ?? start;
    // A clock that was put back makes no negative time.
    return xAxis === 'time' ? time : Math.max(0, time - start) / 1000;
  };
  const values = smoothing > 0 ? smooth(series.values, smoothing) : series.values;
  return Array.from(values, (value, at) => ({ x: x(at), y: Number.isFinite(value) ? value : Number.NaN }));
}

function smooth(values: Float64Array, weight: number): Float64Array {
  let average = 0;
  let count = 0;
  return values.map((value) => {
    if (!Number.isFinite(value)) return Number.NaN;
    count++;
    average = average * weight + (1 - weight) * value;
    return average / (1 - weight ** count);
  });
}
