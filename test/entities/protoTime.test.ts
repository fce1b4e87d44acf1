import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, formatTimestamp, parseDuration, parseTimestamp } from '../../src/entities/protoTime.ts';

describe('a time', () => {
  test('survives', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), (time) => {
        expect(parseTimestamp(formatTimestamp(time))).toBe(time);
      }),
    );
  });

  test.each([
    ['2026-11-23T08:49:35.631Z', 1_795_423_775_631],
    ['2026-11-23T08:49:35Z', 1_795_423_775_000],
    ['2026-11-23T08:49:36.123456789+02:00', 1_795_416_576_123],
    ['2026-11-23t08:49:35.1z', 1_795_423_775_100],
    ['1970-01-01T00:00:00Z', 0],
  ])('%s is %d', (text, time) => expect(parseTimestamp(text)).toBe(time));

  test.each([
    '',
    'yesterday',
    '2026-11-23',
    '2026-11-23T08:49:35',
    '2026-13-23T08:49:35Z',
    '5',
    '0000-01-01T00:00:00Z',
  ])('%j is none', (text) => expect(parseTimestamp(text)).toBeUndefined());

  test('without a fraction is written without one', () => {
    expect(formatTimestamp(0)).toBe('1970-01-01T00:00:00Z');
    expect(formatTimestamp(1)).toBe('1970-01-01T00:00:00.001Z');
  });
});

describe('a duration', () => {
  test('survives', () => {
    fc.assert(
      fc.property(fc.integer(), (duration) => {
        expect(parseDuration(formatDuration(duration))).toBe(duration === 0 ? 0 : duration);
      }),
    );
  });

  test.each([
    ['0.001s', 1],
    ['0.500s', 500],
    ['1.5s', 1_500],
    ['-0.123s', -123],
    ['12s', 12_000],
    ['0.0009s', 0],
  ])('%s is %d ms', (text, duration) => expect(parseDuration(text)).toBe(duration));

  test.each(['', '5', '1.5', 's', '1m', '1e3s', ' 1s'])('%j is none', (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );
});
