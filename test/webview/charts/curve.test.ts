import { describe, expect, test } from 'vitest';
import { CurveCache, curve, nearestPoint } from '../../../webview/charts/curve.ts';

const NONE = { last: undefined, min: undefined, max: undefined, lastStep: undefined };

function series(
  values: readonly number[],
  steps = values.map((_, at) => at),
  times = steps.map((step) => 1e12 + step),
) {
  return {
    steps: Float64Array.from(steps),
    times: Float64Array.from(times),
    values: Float64Array.from(values),
    total: values.length,
    statistics: NONE,
  };
}

const PLAIN = { xAxis: 'step', smoothing: 0 } as const;
const run = { startTime: 1e12 };

describe('a curve', () => {
  test('has the steps, the times, or the seconds since the start of the run as its x', () => {
    const loss = series([3, 2, 1], [0, 10, 20], [1e12, 1e12 + 1_500, 1e12 - 5]);
    expect(curve(loss, run, PLAIN).x).toEqual(Float64Array.of(0, 10, 20));
    expect(curve(loss, run, { ...PLAIN, xAxis: 'time' }).x).toEqual(loss.times);
    expect(curve(loss, run, { ...PLAIN, xAxis: 'relative' }).x).toEqual(Float64Array.of(0, 1.5, 0));
  });

  test('has what another metric was at its steps as its x: the latest value until then, none before the first', () => {
    const epoch = series([1, 2, 3], [2, 4, 8]);
    const loss = series([9, 8, 7, 6], [1, 2, 5, 100]);
    const { x } = curve(loss, run, { ...PLAIN, xAxis: 'metric' }, epoch);
    expect(x).toEqual(Float64Array.of(Number.NaN, 1, 2, 3));
  });

  test('has gaps where values are no finite numbers, which its raw values keep', () => {
    const { y, raw } = curve(series([1, Number.NaN, Number.POSITIVE_INFINITY, 2]), run, PLAIN);
    expect(y).toEqual(Float64Array.of(1, Number.NaN, Number.NaN, 2));
    expect(raw[2]).toBe(Number.POSITIVE_INFINITY);
  });

  test('smoothed is a moving average that neither starts at zero nor takes gaps for values', () => {
    const { y } = curve(series([4, Number.NaN, 8]), run, { ...PLAIN, smoothing: 0.5 });
    expect(y).toEqual(Float64Array.of(4, Number.NaN, (4 * 0.5 * 0.5 + 8 * 0.5) / 0.75));
    expect(curve(series([5, 5, 5]), run, { ...PLAIN, smoothing: 0.99 }).y[2]).toBeCloseTo(5, 9);
  });
});

test('a curve is made once, and again when something of it is another', () => {
  const cache = new CurveCache();
  const loss = series([3, 2, 1]);
  const made = cache.get(loss, run, PLAIN);
  expect(cache.get(loss, run, PLAIN)).toBe(made);
  expect(cache.get(loss, run, { ...PLAIN, smoothing: 0.5 })).not.toBe(made);
  expect(cache.get(loss, run, { ...PLAIN, xAxis: 'relative' }).x).not.toEqual(made.x);
  expect(cache.get(loss, run, { ...PLAIN, xAxis: 'metric' }, series([7, 8, 9])).x).toEqual(Float64Array.of(7, 8, 9));
});

test('the nearest point is one that has a value', () => {
  const points = { x: Float64Array.of(0, 1, 2, 3), y: Float64Array.of(5, Number.NaN, 7, 8) };
  expect(nearestPoint(points, 1.2)).toBe(2);
  expect(nearestPoint(points, -50)).toBe(0);
  expect(nearestPoint({ x: Float64Array.of(1), y: Float64Array.of(Number.NaN) }, 1)).toBe(-1);
});
