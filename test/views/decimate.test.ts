import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimate } from '../../src/views/decimate.ts';

const curve = (values: readonly number[]) => values.map((y, x) => ({ x, y }));
const values = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
    { weight: 1, arbitrary: fc.constant(Number.NaN) },
  ),
  { maxLength: 400 },
);
const finite = (points: readonly { y: number }[]) => points.map(({ y }) => y).filter((y) => !Number.isNaN(y));

describe('a decimated curve', () => {
  test('keeps its extremes, its ends and its order, and stays within the limit', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 5, max: 100 }), (all, limit) => {
        const points = curve(all);
        const kept = decimate(points, limit);
        expect(kept.length).toBeLessThanOrEqual(Math.max(limit, 0));
        expect(kept[0]).toBe(points[0]);
        expect(kept.at(-1)).toBe(points.at(-1));
        expect(Math.max(...finite(kept))).toBe(Math.max(...finite(points)));
        expect(Math.min(...finite(kept))).toBe(Math.min(...finite(points)));
        expect(kept.every((point, at) => at === 0 || point.x > (kept[at - 1]?.x ?? 0))).toBe(true);
      }),
    );
  });

  test('is the curve itself where it is short', () => {
    const points = curve([1, 2, 3]);
    expect(decimate(points, 10)).toBe(points);
  });

  test('still shows a gap', () => {
    const points = curve(Array.from({ length: 1_000 }, (_, at) => (at === 500 ? Number.NaN : at)));
    expect(decimate(points, 50).some(({ y }) => Number.isNaN(y))).toBe(true);
  });
});
