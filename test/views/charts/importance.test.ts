import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DimensionValues } from '../../../src/views/charts/dimensions.ts';
import { rankImportance, ranks } from '../../../src/views/charts/importance.ts';

function numbers(id: string, ...values: number[]): DimensionValues {
  return { id, label: id, numbers: Float64Array.from(values) };
}

function texts(id: string, ...values: string[]): DimensionValues {
  const categories = [...new Set(values)].sort();
  return { id, label: id, numbers: Float64Array.from(values, (value) => categories.indexOf(value)), categories };
}

describe('the importance of params', () => {
  const metric = numbers('rmse', 1, 2, 3, 4, 5, 6);

  test('is the rank correlation of numbers: a curved relation counts in full, with its sign', () => {
    const [first, second] = rankImportance(metric, [
      numbers('up', 1, 2, 4, 8, 16, 1e9),
      numbers('down', 9, 8, 7, 6, 5, -3),
    ]);
    expect(first).toMatchObject({ id: 'down', correlation: -1, isRanked: true, runs: 6 });
    expect(second).toMatchObject({ id: 'up', correlation: 1 });
  });

  test('is the correlation ratio of texts, which have no order', () => {
    const [found] = rankImportance(metric, [texts('optimizer', 'sgd', 'sgd', 'sgd', 'adam', 'adam', 'adam')]);
    // Ranks 0–5: between the groups lie 2 × 3 × 1.5² = 13.5 of 17.5.
    expect(found).toMatchObject({ isRanked: false, correlation: Math.sqrt(13.5 / 17.5) });
  });

  test('comes strongest first, and leaves out what does not vary, names every run, or too few have', () => {
    const found = rankImportance(metric, [
      numbers('weak', 3, 1, 4, 2, 6, 5),
      numbers('same', 7, 7, 7, 7, 7, 7),
      texts('name', 'a', 'b', 'c', 'd', 'e', 'f'),
      numbers('rare', 1, 2, Number.NaN, Number.NaN, Number.NaN, Number.NaN),
      numbers('strong', 1, 2, 3, 4, 6, 5),
    ]);
    expect(found.map(({ id }) => id)).toEqual(['strong', 'weak']);
  });

  test('of a metric that is the same everywhere is none', () => {
    expect(rankImportance(numbers('flat', 1, 1, 1, 1), [numbers('alpha', 1, 2, 3, 4)])).toEqual([]);
  });

  test('lies within its bounds and does not change when values are stretched', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 40 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const size = Math.min(a.length, b.length);
        const [x, y] = [a.slice(0, size), b.slice(0, size)];
        const [plain] = rankImportance(numbers('m', ...x), [numbers('p', ...y)]);
        const [stretched] = rankImportance(numbers('m', ...x), [numbers('p', ...y.map((value) => value ** 3))]);
        expect(plain?.correlation ?? 0).toBeCloseTo(stretched?.correlation ?? 0, 10);
        expect(Math.abs(plain?.correlation ?? 0)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  test('equal values share their rank', () => {
    expect(ranks([30, 10, 20, 10])).toEqual([3, 0.5, 2, 0.5]);
  });
});
