import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sparkline } from '../../src/views/sparkline.ts';

test('a curve goes from its lowest to its highest letter', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▂▃▄▅▆▇█');
  expect(sparkline([3, 1])).toBe('█▁');
  expect(sparkline([-5, 0, -5])).toBe('▁█▁');
});

test('many points become a few letters', () => {
  const values = Array.from({ length: 10_000 }, (_, at) => 1 / (at + 1));
  expect(sparkline(values)).toMatch(/^█▁+$/);
  expect(sparkline(values)?.length).toBe(8);
});

test('equal values are a line in the middle', () => {
  expect(sparkline([2, 2, 2])).toBe('▄▄▄');
});

test('one point, none, and no numbers are no curve', () => {
  for (const values of [[], [1], [Number.NaN, Number.NaN], [Infinity, 1], [Number.NaN, 1]]) {
    expect(sparkline(values)).toBeUndefined();
  }
});

test('values that are no numbers are gaps', () => {
  expect(sparkline([0, Number.NaN, 1])).toBe('▁·█');
  expect(sparkline([0, -Infinity, 1])).toBe('▁·█');
});

test('any values are drawn in as many letters as fit', () => {
  fc.assert(
    fc.property(fc.array(fc.double(), { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (values, width) => {
      const drawn = sparkline(values, width);
      if (drawn === undefined) return;
      expect(drawn).toMatch(/^[▁▂▃▄▅▆▇█·]+$/);
      expect(drawn.length).toBe(Math.min(width, values.length));
    }),
  );
});
