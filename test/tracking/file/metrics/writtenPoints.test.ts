import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Metric } from '../../../../src/entities/metric.ts';
import { formatMetricLine } from '../../../../src/tracking/file/metrics/metricFile.ts';
import { WrittenPoints } from '../../../../src/tracking/file/metrics/writtenPoints.ts';

const int64 = fc.oneof(fc.nat(4), fc.constantFrom(2n ** 60n, 2n ** 60n + 1n));
const points: fc.Arbitrary<Metric[]> = fc.array(
  fc.record({ key: fc.constant('loss'), value: fc.constantFrom(0.5, 1, Number.NaN), timestamp: int64, step: int64 }),
  { maxLength: 12 },
);

/** A file that this process alone writes. */
class OwnFile {
  text = '';

  get size(): number {
    return this.text.length;
  }

  endsAt(size: number): boolean {
    return size === this.size;
  }
}

test('of points in any order each is written once', () => {
  fc.assert(
    fc.property(fc.array(points, { maxLength: 8 }), (batches) => {
      const [written, file] = [new WrittenPoints(), new OwnFile()];
      for (const batch of batches) {
        file.text += written.onlyNew('a file', file, batch);
        written.wrote('a file', file.size);
      }
      expect(file.text).toBe([...new Set(batches.flat().map(formatMetricLine))].join(''));
    }),
    { numRuns: 1_000 },
  );
});

test('thousands of points later, a point that was just logged is still known', () => {
  const [written, file] = [new WrittenPoints(), new OwnFile()];
  const log = (from: number, count: number) => {
    const batch = Array.from({ length: count }, (_, at) => ({ key: 'loss', value: 1, timestamp: from + at, step: 0 }));
    const fresh = written.onlyNew('a file', file, batch);
    file.text += fresh;
    written.wrote('a file', file.size);
    return fresh.split('\n').length - 1;
  };
  for (let at = 0; at < 10_000; at += 100) expect(log(at, 100)).toBe(100);
  expect(log(9_000, 1_000)).toBe(0);
  expect(log(9_500, 1_000)).toBe(500);
  for (let at = 0; at < 20_000; at++) log(10_500 + at, 1);
  expect(log(30_000, 600)).toBe(100);
});
