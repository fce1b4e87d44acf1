import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canvasHeight,
  isScaled,
  isStuck,
  placeAt,
  type ScrollPlace,
  type ScrollSizes,
  scrolledTo,
} from '../../../webview/runsTable/scrolling.ts';

const ROW = 22;

const sizes = fc
  .record({ count: fc.integer({ min: 1, max: 50_000_000 }), room: fc.integer({ min: ROW, max: 4_000 }) })
  .map(({ count, room }): ScrollSizes => ({ rows: count * ROW, room }));
const share = fc.double({ min: 0, max: 1, noNaN: true });

const most = ({ rows, room }: ScrollSizes) => Math.max(0, rows - room);
const mostThumb = (all: ScrollSizes) => Math.max(0, canvasHeight(all) - all.room);

describe('a table that a browser can hold', () => {
  const small = { rows: 100_000 * ROW, room: 800 };

  test('is scrolled as any other', () => {
    expect(isScaled(small)).toBe(false);
    expect(canvasHeight(small)).toBe(2_200_000);
    expect(placeAt(1_234, small)).toEqual({ top: 1_234, thumb: 1_234 });
    expect(scrolledTo({ top: 5, thumb: 5 }, 77.5, small)).toEqual({ top: 77.5, thumb: 77.5 });
  });
});

describe('a table of a million rows', () => {
  const tall = { rows: 1_000_000 * ROW, room: 800 };

  test('has a scroll bar of its own scale', () => {
    expect(canvasHeight(tall)).toBe(8_000_000);
    expect(placeAt(tall.rows, tall)).toEqual({ top: 22_000_000 - 800, thumb: 8_000_000 - 800 });
    expect(placeAt(tall.rows / 2, tall).thumb / 8_000_000).toBeCloseTo(0.5, 3);
  });

  test('moves by a row where a row was meant, and to another part where the bar is dragged', () => {
    const place = placeAt(10_000_000, tall);
    expect(scrolledTo(place, place.thumb + ROW, tall).top).toBe(10_000_000 + ROW);
    expect(scrolledTo(place, 8_000_000 - 800, tall).top).toBe(most(tall));
    expect(scrolledTo(place, 0, tall).top).toBe(0);
  });

  test('is not held up at the end of its bar', () => {
    expect(isStuck({ top: 5_000, thumb: 0 }, tall)).toBe(true);
    expect(isStuck({ top: 0, thumb: 0 }, tall)).toBe(false);
    expect(isStuck({ top: most(tall), thumb: mostThumb(tall) }, tall)).toBe(false);
  });
});

describe('of any height', () => {
  test('the place that was gone to is the place, and the bar stands within the element', () => {
    fc.assert(
      fc.property(sizes, share, (all, at) => {
        const top = Math.round(at * most(all));
        const place = placeAt(top, all);
        expect(place.top).toBe(top);
        expect(place.thumb).toBeGreaterThanOrEqual(0);
        expect(place.thumb).toBeLessThanOrEqual(mostThumb(all));
        expect(canvasHeight(all)).toBeLessThanOrEqual(8_000_000);
      }),
    );
  });

  test('both ends of the bar are both ends of the rows, and what is further down the bar is further down', () => {
    fc.assert(
      fc.property(sizes, share, share, (all, one, other) => {
        expect(placeAt(0, all)).toEqual({ top: 0, thumb: 0 });
        expect(placeAt(Number.MAX_SAFE_INTEGER, all)).toEqual({ top: most(all), thumb: mostThumb(all) });
        const thumbs = [one, other].map((at) => placeAt(at * most(all), all).thumb);
        expect(Math.sign(one - other) * ((thumbs[0] ?? 0) - (thumbs[1] ?? 0))).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('a step moves by itself from everywhere, until the end', () => {
    fc.assert(
      fc.property(sizes, share, fc.integer({ min: -ROW, max: ROW }), (all, at, step) => {
        const place = placeAt(Math.round(at * most(all)), all);
        const thumb = place.thumb + step;
        fc.pre(thumb >= 0 && thumb <= mostThumb(all)); // no browser goes further
        const { top } = scrolledTo(place, thumb, all);
        expect(top).toBe(Math.min(most(all), Math.max(0, place.top + step)));
      }),
      { examples: [[{ rows: 1_000_000 * ROW, room: 800 }, 0.37, ROW]] },
    );
  });

  test('a page up and down is possible until the end', () => {
    fc.assert(
      fc.property(sizes, share, (all, at) => {
        const { top, thumb } = placeAt(Math.round(at * most(all)), all);
        if (top > 0) expect(thumb).toBeGreaterThanOrEqual(Math.min(top, all.room));
        if (top < most(all)) expect(mostThumb(all) - thumb).toBeGreaterThanOrEqual(Math.min(most(all) - top, all.room));
      }),
    );
  });

  test('however it is scrolled, it stays within its rows', () => {
    const moves = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: -900, max: 900 })));
    fc.assert(
      fc.property(sizes, moves, (all, steps) => {
        let place: ScrollPlace = placeAt(0, all);
        for (const step of steps) {
          const wanted = Number.isInteger(step) ? place.thumb + step : step * mostThumb(all);
          place = scrolledTo(place, Math.min(mostThumb(all), Math.max(0, wanted)), all);
          if (isStuck(place, all)) place = placeAt(place.top, all);
          expect(place.top).toBeGreaterThanOrEqual(0);
          expect(place.top).toBeLessThanOrEqual(most(all));
        }
      }),
    );
  });
});
