import { describe, expect, test } from 'vitest';
import type { Metric } from '../../src/entities/metric.ts';
import { chartKeys, series } from '../../src/views/metricChart.ts';
import { metric, run } from './sampleRun.ts';

const point = (step: number, value: number): Metric => ({ key: 'loss', step, value, timestamp: 1_000 + step });

describe('the curve of a metric', () => {
  test('goes by step, whatever order the points were logged in', () => {
    const { steps, values, times, total } = series([point(2, 0.2), point(0, 1), point(1, 0.5)]);
    expect({ steps, values, times, total }).toEqual({
      steps: [0, 1, 2],
      values: [1, 0.5, 0.2],
      times: [1000, 1001, 1002],
      total: 3,
    });
  });

  test('has gaps for NaN and infinities, which no statistic counts', () => {
    const { values, statistics } = series([point(0, 1), point(1, Number.NaN), point(2, Infinity), point(3, 3)]);
    expect(values).toEqual([1, null, null, 3]);
    expect(statistics).toEqual({ last: 3, lastStep: 3, min: 1, max: 3 });
  });

  test('of a million points is thinned out, and still counts them all', () => {
    const { steps, total, statistics } = series(Array.from({ length: 100_000 }, (_, at) => point(at, Math.sin(at))));
    expect(steps.length).toBeLessThanOrEqual(4_000);
    expect(total).toBe(100_000);
    expect(statistics.lastStep).toBe(99_999);
  });

  test('of nothing is nothing', () => {
    expect(series([])).toMatchObject({ steps: [], total: 0, statistics: { last: undefined } });
  });
});

test('cards are in the order of their names, system metrics last, or as asked for', () => {
  const runs = [run({ metrics: ['system/cpu', 'val', 'loss'].map((key) => metric(key, 0)) })];
  expect(chartKeys(runs)).toEqual(['loss', 'val', 'system/cpu']);
  expect(chartKeys(runs, ['val'])).toEqual(['val']);
});
