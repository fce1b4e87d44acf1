import { expect, test } from 'vitest';
import { columnsOf, statisticsOf } from '../../src/entities/metricSeries.ts';
import { chartKeys, series } from '../../src/views/metricChart.ts';
import { metric, run } from './sampleRun.ts';

test('a curve is what the store sends, with the statistics that the screen shows', () => {
  const columns = columnsOf([metric('loss', 3), metric('loss', 1)].map((point, step) => ({ ...point, step })));
  expect(series({ ...columns, statistics: statisticsOf(columns) })).toMatchObject({
    values: Float64Array.of(3, 1),
    total: 2,
    statistics: { last: 1, lastStep: 1, min: 1, max: 3 },
  });
});

test('cards are in the order of their names, system metrics last, or as asked for', () => {
  const runs = [run({ metrics: ['system/cpu', 'val', 'loss'].map((key) => metric(key, 0)) })];
  expect(chartKeys(runs)).toEqual(['loss', 'val', 'system/cpu']);
  expect(chartKeys(runs, ['val'])).toEqual(['val']);
});
