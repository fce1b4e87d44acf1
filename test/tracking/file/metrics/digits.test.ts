import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fourDigits } from '../../../../src/tracking/file/metrics/digits.ts';

test('four digits are their number, any other bytes are none', () => {
  const byte = fc.oneof(fc.integer({ min: 48, max: 57 }), fc.constantFrom(47, 58), fc.nat(255));
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 6 }), fc.nat(3), (bytes, at) => {
      const text = Buffer.from(bytes).toString('latin1', at, at + 4);
      const view = new DataView(Uint8Array.from(bytes).buffer);
      expect(fourDigits(view, at)).toBe(/^\d{4}$/.test(text) ? Number(text) : -1);
    }),
    { numRuns: 20_000 },
  );
});
