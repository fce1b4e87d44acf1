import type { ChartRun, ChartsView, Series } from '../../src/protocol/charts.ts';

/** What is drawn of a series: the arrays have one entry a point. */
export interface Curve {
  readonly x: Float64Array;
  /** Smoothed, where that was asked for; NaN leaves a gap. */
  readonly y: Float64Array;
  /** As logged: NaN and the infinities included. */
  readonly raw: Float64Array;
}

/**
 * The points of a curve on the chosen axis: steps, moments (ms since the epoch), seconds since the run's start, or the
 * values that another metric of the run had at the same steps.
 * @param other the series of the metric that is the x axis
 */
export function curve(
  series: Series,
  { startTime }: Pick<ChartRun, 'startTime'>,
  { xAxis, smoothing }: Pick<ChartsView, 'xAxis' | 'smoothing'>,
  other?: Series | undefined,
): Curve {
  const { values, steps, times } = series;
  const start = startTime ?? times[0] ?? 0;
  const x = {
    step: () => steps,
    time: () => times,
    // A clock that was put back makes no negative time.
    relative: () => times.map((time) => Math.max(0, time - start) / 1000),
    metric: () => (other ? valuesAt(steps, other) : steps.map(() => Number.NaN)),
  }[xAxis]();
  return { x, y: smoothing > 0 ? smooth(values, smoothing) : values.map(finite), raw: values };
}

/** Curves that were made already: of a hundred runs most are the same when one of them has gone on. */
export class CurveCache {
  readonly #made = new WeakMap<
    Series,
    { readonly look: string; readonly other: Series | undefined; readonly curve: Curve }
  >();

  /** See `curve`. */
  get(...of: Parameters<typeof curve>): Curve {
    const [series, { startTime }, { xAxis, smoothing }, other] = of;
    const look = `${startTime} ${xAxis} ${smoothing}`;
    const known = this.#made.get(series);
    if (known?.look === look && known.other === other) return known.curve;
    const made = curve(...of);
    this.#made.set(series, { look, other, curve: made });
    return made;
  }
}

/** What a metric was at some steps: the latest that was logged until then. NaN before its first point. */
function valuesAt(steps: Float64Array, { steps: known, values }: Series): Float64Array {
  let at = -1;
  return steps.map((step) => {
    while (at + 1 < known.length && (known[at + 1] ?? 0) <= step) at++;
    return finite(values[at] ?? Number.NaN);
  });
}

/** As TensorBoard does: an exponential moving average of what is drawn, that does not start at zero. */
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

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}

/** The place of the point whose x is nearest, among those that have a value; −1 where there is none. */
export function nearestPoint({ x, y }: Pick<Curve, 'x' | 'y'>, to: number): number {
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < x.length; at++) {
    const distance = Math.abs((x[at] ?? Number.NaN) - to);
    if (distance < least && !Number.isNaN(y[at])) [nearest, least] = [at, distance];
  }
  return nearest;
}
