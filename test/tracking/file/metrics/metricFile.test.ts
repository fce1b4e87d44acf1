import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findLatest } from '../../../../src/tracking/file/metrics/latestPoints.ts';
import {
  formatMetricLine,
  formatPythonFloat,
  latestPoint,
  parseMetricFile,
  parseModelMetricFile,
  parsePythonFloat,
} from '../../../../src/tracking/file/metrics/metricFile.ts';

test.each([
  [3, '3.0'],
  [0.1, '0.1'],
  [1e-7, '1e-07'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [1.5e-5, '1.5e-05'],
  [1e15, '1000000000000000.0'],
  [1e16, '1e+16'],
  [1.25e300, '1.25e+300'],
  [-0, '-0.0'],
  [Number.NaN, 'nan'],
  [Infinity, 'inf'],
  [-Infinity, '-inf'],
])('%d is written as Python writes it: %s', (value, text) => {
  expect(formatPythonFloat(value)).toBe(text);
});

test('every number comes back as it was', () => {
  fc.assert(fc.property(fc.double(), (value) => Object.is(parsePythonFloat(formatPythonFloat(value)), value)));
});

describe('the lines of a metric', () => {
  test('have two, three or more fields; the step counts also before a dataset', () => {
    const { points, broken } = parseMetricFile('acc', '1 0.5\n2 0.6 3\n4 0.8 5 my eval af37a0ca\r\n');
    expect(broken).toEqual([]);
    expect(points).toMatchObject([
      { timestamp: 1, value: 0.5, step: 0 },
      { timestamp: 2, value: 0.6, step: 3 },
      { timestamp: 4, value: 0.8, step: 5, datasetName: 'my eval', datasetDigest: 'af37a0ca' },
    ]);
  });

  test('that are none hide only themselves', () => {
    const { points, broken } = parseMetricFile('acc', '1 0.5 0\nrubbish\n\u0000\u0001\n2 abc 1\n3 0.3 2\n4 0.');
    expect(points.map(({ step }) => step)).toEqual([0, 2, 0]);
    expect(broken).toEqual([2, 3, 4]);
  });

  test('keep steps beyond 2^53', () => {
    const line = formatMetricLine({ key: 'a', value: 1, timestamp: 5, step: 2n ** 60n });
    expect(line).toBe('5 1.0 1152921504606846976\n');
    expect(parseMetricFile('a', line).points[0]?.step).toBe(2n ** 60n);
  });

  test('of a logged model name their run', () => {
    expect(parseModelMetricFile('a', '1 0.5 2 run1\n1 0.5 2 run1 ds abc\n1 0.5 2\n')).toMatchObject([
      { runId: 'run1', step: 2 },
      { runId: 'run1', datasetName: 'ds', datasetDigest: 'abc' },
    ]);
  });
});

test('the latest point has the highest step, then time, then value, and NaN never wins', () => {
  const point = (step: number, timestamp: number, value: number) => ({ key: 'a', step, timestamp, value });
  expect(latestPoint([point(1, 9, 1), point(2, 1, 5), point(2, 3, 4), point(2, 3, Number.NaN)])).toEqual(
    point(2, 3, 4),
  );
});

describe('the latest point of a file, found in its bytes,', () => {
  const find = (text: string) => findLatest('m', Buffer.from(text));

  test('is the one that reading all lines finds, unless that is asked for', () => {
    const field = fc.oneof(
      fc.integer({ min: -3, max: 3 }).map(String),
      fc.constantFrom('', 'x', '0.5', '9'.repeat(20)),
    );
    const value = fc.oneof(
      { weight: 9, arbitrary: fc.double().map(formatPythonFloat) },
      fc.constantFrom('nan', 'inf', '1e5', '-', '1_0', '--1'),
    );
    const line = fc
      .tuple(field, value, fc.option(field), fc.constantFrom('\n', '\n', '\n', '\r\n', ''))
      .map(([timestamp, number, step, end]) => `${timestamp} ${number}${step === null ? '' : ` ${step}`}${end}`);
    let found = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const latest = find(lines.join(''));
        if (latest === undefined) return;
        found += 1;
        expect(latest).toEqual(latestPoint(parseMetricFile('m', lines.join('')).points));
      }),
      { numRuns: 10_000 },
    );
    expect(found).toBeGreaterThan(100);
  });

  test('is the one of the highest value where several are equally late', () => {
    expect(find('1 0.5 1\n1 6e-1 1\n1 0.25 1\n')).toEqual({ key: 'm', value: 0.6, timestamp: 1, step: 1 });
    expect(find('1 0.5 1\n1 0.6 1\n2 0.25 1\n')).toEqual({ key: 'm', value: 0.25, timestamp: 2, step: 1 });
  });

  test('is found where MLflow wrote the file', () => {
    expect(find('1 0.5 0\n2 -1.5e-07 10\n3 0.25 9\n')).toEqual({ key: 'm', value: -1.5e-7, timestamp: 2, step: 10 });
    expect(find('1 0.5\n2 0.25\n')).toEqual({ key: 'm', value: 0.25, timestamp: 2, step: 0 });
  });
});
