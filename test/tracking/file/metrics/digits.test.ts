import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areFourDigits, fourDigits } from '../../../../src/tracking/file/metrics/digits.ts';

test('four digits are their number, any other bytes are none', () => {
  const byte = fc.oneof(fc.integer({ min: 48, max: 57 }), fc.constantFrom(47, 58), fc.nat(255));
  fc.assert(
    fc.property(fc.array(byte, { minLength: 4, maxLength: 6 }), fc.nat(2), (bytes, from) => {
      const at = Math.min(from, bytes.length - 4);
      const text = Buffer.from(bytes).toString('latin1', at, at + 4);
      const view = new DataView(Uint8Array.from(bytes).buffer);
      const isNumber = /^\d{4}$/.test(text);
      expect(fourDigits(view, at)).toBe(isNumber ? Number(text) : -1);
      expect(areFourDigits(view, at)).toBe(isNumber);
    }),
    { numRuns: 20_000 },
  );
});
