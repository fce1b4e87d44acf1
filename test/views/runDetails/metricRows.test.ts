import { describe, expect, test } from 'vitest';
import { columnsOf, statisticsOf } from '../../../src/entities/metricSeries.ts';
import { metricCurve, metricPage, PAGE_SIZE } from '../../../src/views/runDetails/metricRows.ts';
import { metric, run } from '../sampleRun.ts';

const many = run({
  metrics: [
    ...Array.from({ length: 12_000 }, (_, at) => metric(`layer_${String(at).padStart(5, '0')}/norm`, at)),
    metric('loss', 0.123456, 7),
    metric('system/cpu', 12),
    metric('system/gpu_0_memory', 3),
  ],
});

describe('the metrics of a run', () => {
  test('come in pages by name, without system metrics', () => {
    const page = metricPage(many, { filter: '', page: 1, system: false });
    expect(page).toMatchObject({ matching: 12_001, system: 2, page: 1, pages: 481, from: PAGE_SIZE });
    expect(page.rows).toHaveLength(PAGE_SIZE);
    expect(page.rows[0]?.key).toBe('layer_00025/norm');
  });

  test('are found by all words of a filter, in any case', () => {
    const { rows } = metricPage(many, { filter: ' NORM  _11999', page: 0, system: false });
    expect(rows).toEqual([{ key: 'layer_11999/norm', last: { text: '11999', full: '11999' }, step: '0' }]);
    const loss = metricPage(many, { filter: 'loss', page: 0, system: false }).rows;
    expect(loss).toEqual([{ key: 'loss', last: { text: '0.1235', full: '0.123456' }, step: '7' }]);
  });

  test('a page that is not there is the nearest', () => {
    expect(metricPage(many, { filter: 'loss', page: 99, system: false })).toMatchObject({ page: 0, pages: 1 });
    expect(metricPage(many, { filter: '', page: -1, system: false }).page).toBe(0);
    expect(metricPage(run(), { filter: '', page: 0, system: false })).toMatchObject({
      rows: [],
      matching: 0,
      pages: 1,
    });
  });

  test('system metrics have pages of their own', () => {
    const { rows } = metricPage(many, { filter: '', page: 0, system: true });
    expect(rows.map(({ key }) => key)).toEqual(['system/cpu', 'system/gpu_0_memory']);
  });
});

describe('the curve of a metric', () => {
  function curveOf(key: string, values: readonly number[], steps = values.map((_, at) => at)) {
    const columns = columnsOf(values.map((value, at) => metric(key, value, steps[at])));
    return metricCurve(key, { ...columns, statistics: statisticsOf(columns) });
  }

  test('tells first, least, greatest and the step of the better one', () => {
    expect(curveOf('loss', [3, 1, 2])).toMatchObject({
      count: 3,
      first: { text: '3' },
      min: { text: '1' },
      max: { text: '3' },
      better: 'min',
      bestStep: '1',
    });
    expect(curveOf('accuracy', [0.1, 0.9, 0.4])).toMatchObject({ better: 'max', bestStep: '1' });
  });

  test('draws negative steps out of order from left to right', () => {
    const { path } = curveOf('loss', [1, 2, 3], [5, -5, 0]);
    const across = [...(path ?? '').matchAll(/[ML](-?[\d.]+) /g)].map(([, x]) => Number(x));
    expect(across).toHaveLength(3);
    expect(across).toEqual(across.toSorted((a, b) => a - b));
  });

  test.each([
    ['no point', []],
    ['NaN only', [Number.NaN, Number.NaN]],
    ['one point', [1]],
  ])('is not drawn of %s', (_, values) => {
    expect(curveOf('loss', values).path).toBeUndefined();
  });

  test('is a level line where all values are equal', () => {
    const heights = [...(curveOf('loss', [2, 2, 2]).path ?? '').matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => y);
    expect(new Set(heights).size).toBe(1);
  });

  test('of NaN only has no statistics but the number of points', () => {
    const curve = curveOf('loss', [Number.NaN]);
    expect(curve).toMatchObject({ count: 1, first: undefined, min: undefined, max: undefined, bestStep: undefined });
  });
});
