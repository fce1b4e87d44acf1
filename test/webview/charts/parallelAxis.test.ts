import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWithin, parallelAxis } from '../../../webview/charts/parallelAxis.ts';

function dimension(numbers: readonly number[], categories?: readonly string[]) {
  return { id: 'params.x', label: 'x', numbers: Float64Array.from(numbers), categories };
}

const places = (count: number) => Array.from({ length: count }, (_, at) => at);

describe('an axis of parallel coordinates', () => {
  test('has the least value at its bottom and the greatest at its top, and its few values as ticks', () => {
    const { parts, ticks, isLog } = parallelAxis(dimension([2, 4, 3, Number.NaN]), places(4));
    expect(parts).toEqual(Float64Array.of(0, 1, 0.5, Number.NaN));
    expect(ticks).toEqual([
      { at: 0, text: '2' },
      { at: 0.5, text: '3' },
      { at: 1, text: '4' },
    ]);
    expect(isLog).toBe(false);
  });

  test('is logarithmic where values differ by orders of magnitude', () => {
    const { parts, isLog } = parallelAxis(dimension([1e-4, 1e-2, 1e-3]), places(3));
    expect(isLog).toBe(true);
    expect([...parts].map((part) => part.toFixed(6))).toEqual(['0.000000', '1.000000', '0.500000']);
    expect(parallelAxis(dimension([0, 1e-4, 1]), places(3)).isLog).toBe(false);
  });

  test('names its texts', () => {
    const { ticks } = parallelAxis(dimension([0, 1, 0], ['adam', 'sgd']), places(3));
    expect(ticks.map(({ text }) => text)).toEqual(['adam', 'sgd']);
  });

  test('has a value that all runs share in its middle, and nothing where none has one', () => {
    expect(parallelAxis(dimension([7, 7]), places(2)).parts).toEqual(Float64Array.of(0.5, 0.5));
    expect(parallelAxis(dimension([Number.NaN]), places(1))).toMatchObject({ ticks: [] });
  });

  test('holds every value between its ends, whatever the values are', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e300, max: 1e300, noNaN: true }), { minLength: 1 }), (numbers) => {
        const { parts, ticks } = parallelAxis(dimension(numbers), places(numbers.length));
        for (const part of [...parts, ...ticks.map(({ at }) => at)]) {
          expect(part).toBeGreaterThanOrEqual(-1e-9);
          expect(part).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });
});

test('a run is within the limits when it crosses every limited axis between them', () => {
  const axes = [
    { ...parallelAxis(dimension([1, 2, 3]), places(3)), id: 'a' },
    { ...parallelAxis(dimension([3, Number.NaN, 1]), places(3)), id: 'b' },
  ];
  const within = (limits: Parameters<typeof isWithin>[2]) => places(3).map((at) => isWithin(axes, at, limits));
  expect(within({})).toEqual([true, true, true]);
  expect(within({ a: { min: 0.5, max: 1 } })).toEqual([false, true, true]);
  expect(within({ a: { min: 0.5, max: 1 }, b: { min: 0, max: 1 } })).toEqual([false, false, true]);
  expect(within({ gone: { min: 0, max: 0 } })).toEqual([true, true, true]);
});
