import { describe, expect, test } from 'vitest';
import type { ChartRun } from '../../../src/protocol/charts.ts';
import { CurveCache } from '../../../webview/charts/curve.ts';
import { linesOf, readingsAt, stepsWithin } from '../../../webview/charts/lines.ts';

const curves = new CurveCache();
const VIEW = { xAxis: 'step', smoothing: 0, hiddenGroups: [] } as const;

function run(runId: string): ChartRun {
  return { runId, name: `run ${runId}`, status: 'FINISHED', startTime: 0, color: `#${runId}`, dash: [] };
}

function series(...values: readonly number[]) {
  const steps = Float64Array.from(values, (_, at) => at);
  const statistics = { last: values.at(-1), min: Math.min(...values), max: Math.max(...values), lastStep: 1 };
  return { steps, times: steps, values: Float64Array.from(values), total: values.length, statistics };
}

describe('the lines of a card', () => {
  const runs = ['a', 'b', 'c', 'none'].map(run);
  const read = new Map([
    ['c', { whole: series(5, 6) }],
    ['b', { whole: series(3, 4) }],
    ['a', { whole: series(1, 2) }],
    ['none', { whole: series() }],
  ]);

  test('are the curves of its runs in their order; runs without points have none', () => {
    expect(linesOf(read, { runs, view: VIEW, curves }).map(({ label }) => label)).toEqual(['run a', 'run b', 'run c']);
  });

  test('show the part that was read with more points', () => {
    const [line] = linesOf(new Map([['a', { whole: series(1, 2), part: series(7, 8, 9) }]]), {
      runs,
      view: VIEW,
      curves,
    });
    expect(line?.curve.y).toEqual(Float64Array.of(7, 8, 9));
    expect(line?.total).toBe(2);
  });

  test('are bands of groups, which look like their first run', () => {
    const groups = new Map([
      ['a', 'adam'],
      ['b', 'adam'],
      ['c', 'sgd'],
    ]);
    const [adam, sgd] = linesOf(read, { runs, view: VIEW, groups, curves });
    expect(adam).toMatchObject({ label: 'adam', color: '#a', total: 4, band: { high: Float64Array.of(3, 4) } });
    expect(adam?.curve.y).toEqual(Float64Array.of(2, 3));
    expect(sgd?.label).toBe('sgd');
    expect(linesOf(read, { runs, view: { ...VIEW, hiddenGroups: ['adam'] }, groups, curves })).toHaveLength(1);
  });

  test('say their nearest points at a place, the greatest first, with what was logged where they are smoothed', () => {
    const lines = linesOf(read, { runs, view: { ...VIEW, smoothing: 0.5 }, curves });
    const readings = readingsAt(lines, 0.9, 0.5);
    expect(readings.map(({ line, x, raw }) => [line.id, x, raw])).toEqual([
      ['c', 1, 6],
      ['b', 1, 4],
      ['a', 1, 2],
    ]);
  });
});

describe('the steps of a part', () => {
  const steps = Float64Array.of(0, 10, 20, 30);

  test('reach one point beyond it at each side, whatever the axis is', () => {
    expect(stepsWithin(Float64Array.of(0, 1, 2, 3), steps, { min: 0.9, max: 1.1 })).toEqual({ min: 0, max: 20 });
    expect(stepsWithin(Float64Array.of(3, 2, 1, 0), steps, { min: -1, max: 0 })).toEqual({ min: 20, max: 30 });
  });

  test('are those around it where no point lies in it, and none beyond the curve', () => {
    expect(stepsWithin(Float64Array.of(0, 1, 2, 3), steps, { min: 1.2, max: 1.8 })).toEqual({ min: 10, max: 20 });
    expect(stepsWithin(Float64Array.of(0, 1, 2, 3), steps, { min: 5, max: 6 })).toBeUndefined();
  });
});
