import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bandOf } from '../../../webview/charts/band.ts';

function curve(...points: readonly (readonly [number, number])[]) {
  const y = Float64Array.from(points, ([, value]) => value);
  return { x: Float64Array.from(points, ([x]) => x), y, raw: y };
}

describe('a band', () => {
  test('is mean, least and greatest value at the places that all curves have', () => {
    const band = bandOf([curve([0, 1], [1, 4]), curve([0, 3], [1, Number.NaN])]);
    expect(band.y).toEqual(Float64Array.of(2, 4));
    expect(band.low).toEqual(Float64Array.of(1, 4));
    expect(band.high).toEqual(Float64Array.of(3, 4));
  });

  test('of curves with different places goes along straight lines, and ends where the last of them does', () => {
    const band = bandOf([curve([0, 0], [10, 10]), curve([0, 2], [5, 7])]);
    const at = (place: number) => band.x.findIndex((x) => Math.abs(x - place) < 0.02);
    expect(band.y[at(2.5)]).toBeCloseTo((2.5 + 4.5) / 2, 1);
    expect(band.y.at(-1)).toBeCloseTo(10, 6);
    expect(band.low.at(-1)).toBeCloseTo(10, 6);
  });

  test('keeps a peak that lies between two places', () => {
    const many = Array.from({ length: 5_000 }, (_, at): [number, number] => [at, at === 1_237 ? 99 : 0]);
    const band = bandOf([curve(...many), curve([0, 0], [4_999, 0])]);
    expect(Math.max(...band.high)).toBe(99);
  });

  test('holds its mean between its bounds, and its bounds between those of the curves', () => {
    const points = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 500 }), fc.float({ noNaN: true, min: -1e6, max: 1e6 })),
      {
        minLength: 1,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(fc.array(points, { minLength: 1, maxLength: 5 }), (all) => {
        const curves = all.map((one) => curve(...one.toSorted(([a], [b]) => a - b)));
        const values = curves.flatMap(({ y }) => [...y]);
        const { y, low, high } = bandOf(curves);
        y.forEach((mean, at) => {
          if (Number.isNaN(mean)) return;
          const slack = 1e-6 * (1 + Math.abs(mean));
          expect(low[at]).toBeLessThanOrEqual(mean + slack);
          expect(high[at]).toBeGreaterThanOrEqual(mean - slack);
          expect(low[at]).toBeGreaterThanOrEqual(Math.min(...values) - slack);
          expect(high[at]).toBeLessThanOrEqual(Math.max(...values) + slack);
        });
        expect(Math.max(...high.filter((value) => !Number.isNaN(value)))).toBeCloseTo(Math.max(...values), 3);
      }),
    );
  });

  test('of no curves is empty, of points at one place is that place', () => {
    expect(bandOf([]).x).toHaveLength(0);
    expect(bandOf([curve([3, 1]), curve([3, 2], [3, 4])])).toMatchObject({ x: Float64Array.of(3) });
  });
});
