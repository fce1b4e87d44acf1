import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Metric } from '../../src/entities/metric.ts';
import { columnsOf, selectPoints, statisticsOf, thinOut } from '../../src/entities/metricSeries.ts';

const point = (step: number, value: number): Metric => ({ key: 'loss', step, value, timestamp: 1_000 + step });

const values = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
    { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity) },
  ),
  { maxLength: 400 },
);
const finite = (all: readonly number[]) => all.filter(Number.isFinite);

describe('a curve that is thinned out', () => {
  test('keeps its extremes, its ends and its order, and stays within the limit', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 5, max: 100 }), (all, limit) => {
        const kept = [...thinOut(Float64Array.from(all), 0, all.length, limit)];
        const shown = kept.map((at) => all[at] ?? 0);
        expect(kept.length).toBeLessThanOrEqual(limit);
        if (all.length > 0) expect([kept[0], kept.at(-1)]).toEqual([0, all.length - 1]);
        expect(Math.max(...finite(shown))).toBe(Math.max(...finite(all)));
        expect(Math.min(...finite(shown))).toBe(Math.min(...finite(all)));
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
      }),
    );
  });

  test('still shows a gap', () => {
    const all = Float64Array.from({ length: 1_000 }, (_, at) => (at === 500 ? Number.NaN : at));
    expect([...thinOut(all, 0, all.length, 50)]).toContain(500);
  });

  test('shows more of a part of it', () => {
    const columns = columnsOf(Array.from({ length: 1_000 }, (_, step) => point(step, step)));
    const part = selectPoints(columns, { limit: 50, steps: { from: 100.5, to: 120 } });
    expect([...part.steps]).toEqual(Array.from({ length: 20 }, (_, at) => 101 + at));
    expect([...part.timestamps][0]).toBe(1_101);
  });
});

describe('statistics', () => {
  test('go by step, whatever order the points were logged in', () => {
    const columns = columnsOf([point(2, 0.2), point(0, 1), point(1, 0.1)]);
    expect([...columns.steps]).toEqual([0, 1, 2]);
    expect(statisticsOf(columns)).toEqual({
      count: 3,
      first: { step: 0, value: 1 },
      last: { step: 2, value: 0.2 },
      min: { step: 1, value: 0.1 },
      max: { step: 0, value: 1 },
    });
  });

  test('leave out NaN and infinities, but count them', () => {
    const all = [point(0, Number.NaN), point(1, 2), point(2, -Infinity), point(3, 2), point(4, Number.NaN)];
    const two = { step: 1, value: 2 };
    expect(statisticsOf(columnsOf(all))).toEqual({
      ...{ count: 5, first: two, last: { step: 3, value: 2 }, min: two, max: two },
    });
  });

  test('of nothing are none', () => {
    expect(statisticsOf(columnsOf([]))).toEqual({ count: 0 });
  });
});
