import fc from 'fast-check';
import { expect, test } from 'vitest';
import { smallest } from '../../src/search/smallest.ts';

test('gives what sorting everything would begin with', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 300 }), fc.nat(40), (values, wanted) => {
      const compare = (a: number, b: number) => (values[a] ?? 0) - (values[b] ?? 0) || a - b;
      const all = values.map((_, at) => at).sort(compare);
      expect([...smallest(values.length, wanted, compare)]).toEqual(all.slice(0, wanted));
    }),
    { numRuns: 1_000 },
  );
});
