import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { panned, WHOLE, type Zoom, zoomed } from '../../../webview/shared/zoom.ts';

const share = fc.double({ min: -0.5, max: 0.5, noNaN: true });
const point = fc.record({ x: share, y: share });

describe('pictures that are zoomed together', () => {
  test('are whole at first, and again after as many steps back', () => {
    const near = zoomed(zoomed(WHOLE, 2, { x: 0.3, y: -0.2 }), 2, { x: 0, y: 0 });
    expect(near.scale).toBe(4);
    expect(zoomed(near, 1 / 4, { x: 0.5, y: 0.5 })).toEqual(WHOLE);
    expect(zoomed(WHOLE, 0.1, { x: 0, y: 0 })).toEqual(WHOLE);
  });

  test('keep the point under the mouse where it is', () => {
    fc.assert(
      fc.property(point, fc.double({ min: 1, max: 8, noNaN: true }), (at, by) => {
        const zoom = zoomed(WHOLE, by, at);
        const place = (of: Zoom) => (at.x - of.x) / of.scale; // of the picture
        expect(place(zoom)).toBeCloseTo(place(WHOLE), 6);
      }),
    );
  });

  test('never show what lies beside the picture', () => {
    const move = fc.oneof(
      point.map((by) => (zoom: Zoom) => panned(zoom, { x: by.x * 9, y: by.y * 9 })),
      fc.tuple(point, fc.double({ min: 0.1, max: 10, noNaN: true })).map(
        ([at, by]) =>
          (zoom: Zoom) =>
            zoomed(zoom, by, at),
      ),
    );
    fc.assert(
      fc.property(fc.array(move), (moves) => {
        const zoom = moves.reduce((before, next) => next(before), WHOLE);
        const most = (zoom.scale - 1) / 2 + 1e-9;
        expect(Math.max(Math.abs(zoom.x), Math.abs(zoom.y))).toBeLessThanOrEqual(most);
        expect(zoom.scale).toBeLessThanOrEqual(32);
      }),
    );
  });
});
