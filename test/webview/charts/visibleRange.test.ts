import { expect, test } from 'vitest';
import { visibleRange } from '../../../webview/charts/visibleRange.ts';

const PLAIN = { ignoreOutliers: false, logY: false };
const curve = (y: readonly number[]) => ({ x: Float64Array.from(y, (_, at) => at), y: Float64Array.from(y) });

test('the y axis shows the values of the visible steps', () => {
  expect(visibleRange([curve([100, 1, 2, 3])], undefined, PLAIN)).toEqual({ min: 1, max: 100 });
  expect(visibleRange([curve([100, 1, 2, 3])], { min: 1, max: 2 }, PLAIN)).toEqual({ min: 1, max: 2 });
  expect(visibleRange([curve([1, 2])], { min: 7, max: 9 }, PLAIN)).toBeUndefined();
});

test('gaps do not count, nor on a logarithmic axis what it cannot show', () => {
  expect(visibleRange([curve([Number.NaN, 0, -5, 2])], undefined, { ...PLAIN, logY: true })).toEqual({
    min: 2,
    max: 2,
  });
  expect(visibleRange([curve([Number.NaN])], undefined, PLAIN)).toBeUndefined();
});

test('bands count with their bounds', () => {
  const band = { ...curve([2, 2]), low: Float64Array.of(1, 0), high: Float64Array.of(5, 3) };
  expect(visibleRange([band], undefined, PLAIN)).toEqual({ min: 0, max: 5 });
});

test('without outliers the few far away are not shown', () => {
  const values = Array.from({ length: 1_000 }, (_, at) => at / 1_000);
  const range = visibleRange([curve([1e9, -1e9, ...values])], undefined, { ...PLAIN, ignoreOutliers: true });
  expect(range?.max).toBeLessThan(1);
  expect(range?.min).toBeGreaterThan(0);
});
