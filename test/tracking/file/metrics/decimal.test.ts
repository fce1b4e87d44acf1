import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPoints } from '../../../../src/tracking/file/metrics/metricBytes.ts';
import { formatPythonFloat, parsePythonFloat } from '../../../../src/tracking/file/metrics/metricFile.ts';
import { PointColumns } from '../../../../src/tracking/file/metrics/pointColumns.ts';

function read(text: string): number | undefined {
  const points = new PointColumns(1);
  readPoints(Buffer.from(`1 ${text} 0\n`), 0, points);
  return points.count === 1 ? points.values[0] : undefined;
}

const digits = (maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { maxLength }).map((all) => all.join(''));

test('a decimal of any digits is the double that JavaScript reads', () => {
  fc.assert(
    fc.property(fc.boolean(), digits(20), digits(20), (isNegative, whole, fraction) => {
      const text = `${isNegative ? '-' : ''}${whole}.${fraction}`;
      if (whole + fraction !== '') expect(read(text)).toBe(Number(text));
    }),
    { numRuns: 20_000 },
  );
});

test('a double is the double that was written', () => {
  const unit = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.oneof(unit, fc.double({ noNaN: true, noDefaultInfinity: true })), (value) => {
      expect(read(formatPythonFloat(value))).toBe(value);
    }),
    { numRuns: 20_000 },
  );
});

test('a decimal next to the middle of two doubles is rounded to even', () => {
  // 2^53 + 1 and its neighbours, whole and with digits behind the point.
  for (const text of ['9007199254740993', '9007199254740993.0', '9007199254740993.1', '9007199254740992.9']) {
    expect(read(text)).toBe(Number(text));
  }
  for (const text of ['0.500000000000000055', '0.500000000000000056', '1.00000000000000011', '1.00000000000000012']) {
    expect(read(text)).toBe(Number(text));
  }
});

test.each(['.', '-', '1.', '.5', '-.5', '1.2.3', '+1', '1e5', '1.5e-7', '0', '-0', '00012', '1-2', ''])(
  'reads what Python writes, and nothing else: %j',
  (text) => {
    expect(read(text)).toBe(parsePythonFloat(text));
  },
);
