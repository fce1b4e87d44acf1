import type { Range } from '../../src/protocol/charts.ts';
import type { Curve } from './curve.ts';

/** Of the values that outliers leave: the part at each end that is not looked at. */
const TAIL = 0.02;
/** Values that are looked at to find them; more would only cost time. */
const SAMPLED = 50_000;

/**
 * What the y axis has to show of some curves within a part of the x axis.
 * @param curves `low` and `high` of a band count too, and what was logged behind a smoothed curve
 * @returns none where there is no value
 */
export function visibleRange(
  curves: readonly (Pick<Curve, 'x' | 'y'> & {
    readonly low?: Float64Array;
    readonly high?: Float64Array;
    readonly ghost?: Float64Array | undefined;
  })[],
  within: Range | undefined,
  { ignoreOutliers, logY }: { readonly ignoreOutliers: boolean; readonly logY: boolean },
): Range | undefined {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const sample: number[] = [];
  const total = curves.reduce((sum, { x }) => sum + x.length, 0);
  const every = Math.max(1, Math.ceil(total / SAMPLED));
  for (const { x, y, low, high, ghost } of curves) {
    for (let at = 0; at < x.length; at++) {
      const place = x[at] ?? Number.NaN;
      if (within && !(place >= within.min && place <= within.max)) continue;
      for (const values of [y, low, high, ghost]) {
        const value = values?.[at] ?? Number.NaN;
        if (!Number.isFinite(value) || (logY && value <= 0)) continue;
        if (value < min) min = value;
        if (value > max) max = value;
        if (ignoreOutliers && at % every === 0) sample.push(value);
      }
    }
  }
  if (min > max) return undefined;
  if (sample.length < 3) return { min, max };
  const sorted = Float64Array.from(sample).sort();
  return { min: quantile(sorted, TAIL), max: quantile(sorted, 1 - TAIL) };
}

function quantile(sorted: Float64Array, part: number): number {
  return sorted[Math.round(part * (sorted.length - 1))] ?? 0;
}
