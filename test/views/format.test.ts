import { describe, expect, test } from 'vitest';
import { formatBytes, formatNumber } from '../../src/views/formatNumber.ts';
import { formatAge, formatDuration } from '../../src/views/formatTime.ts';

describe('numbers', () => {
  test.each([
    [0.713041, '0.713'],
    [0.71316, '0.7132'],
    [12.3456, '12.35'],
    [1234.5678, '1235'],
    [100000, '100000'],
    [0, '0'],
    [-0.5, '-0.5'],
    [1234567, '1.235e6'],
    [1e6, '1e6'],
    [0.0000123456, '1.235e-5'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ])('%d is shown as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  test.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1536, '1.5 KB'],
    [250 * 1024, '250 KB'],
    [3 * 1024 ** 3, '3 GB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('times', () => {
  test.each([
    [-5_000, 'now'],
    [59_000, 'now'],
    [60_000, '1 min ago'],
    [2 * 3_600_000, '2 h ago'],
    [3 * 86_400_000, '3 d ago'],
  ])('%d ms ago is "%s"', (age, text) => {
    expect(formatAge(1e12 - age, 1e12)).toBe(text);
  });

  test('long ago is a date', () => {
    expect(formatAge(Date.UTC(2025, 0, 31), Date.UTC(2026, 0, 1))).toBe('2025-01-31');
  });

  test.each([
    [350, '350 ms'],
    [14_900, '14 s'],
    [125_000, '2 min 5 s'],
    [120_000, '2 min'],
    [12_000_000, '3 h 20 min'],
    [187_200_000, '2 d 4 h'],
    [-20, '0 ms'],
  ])('a span of %d ms is "%s"', (span, text) => {
    expect(formatDuration(span)).toBe(text);
  });
});
