import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareSortValues, type SortValue } from '../../src/search/order.ts';

const ANY_VALUES = fc.oneof(
  fc.array(fc.option(fc.oneof(fc.double(), fc.constantFrom(Infinity, -Infinity, Number.NaN)), { nil: undefined })),
  fc.array(fc.option(fc.string({ unit: 'binary' }), { nil: undefined })),
  fc.array(fc.oneof(fc.bigInt(), fc.maxSafeInteger())),
);

test('two infinities of a sign are a tie, which the next key decides', () => {
  expect(compareSortValues(Infinity, Infinity, true)).toBe(0);
  expect(Math.abs(compareSortValues(-Infinity, -Infinity, false))).toBe(0);
  expect(compareSortValues(-Infinity, Infinity, true)).toBeLessThan(0);
});

test('orders any values the same, in whatever order they come', () => {
  fc.assert(
    fc.property(ANY_VALUES, fc.boolean(), (values: readonly SortValue[], ascending) => {
      const compare = (a: SortValue, b: SortValue) => compareSortValues(a, b, ascending);
      const sorted = values.toSorted(compare);
      // Of ties any may be first: only what they are compared by is compared.
      const reordered = values.toReversed().toSorted(compare);
      expect(sorted.every((value, at) => compare(value, reordered[at]) === 0)).toBe(true);
      for (let at = 1; at < sorted.length; at++) expect(compare(sorted[at - 1], sorted[at])).toBeLessThanOrEqual(0);
    }),
    { numRuns: 500 },
  );
});
