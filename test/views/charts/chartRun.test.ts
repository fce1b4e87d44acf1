import { expect, test } from 'vitest';
import { columnsOf, statisticsOf } from '../../../src/entities/metricSeries.ts';
import { chartRun, listedRun } from '../../../src/views/charts/chartRun.ts';
import { series } from '../../../src/views/charts/series.ts';
import { RunColumns } from '../../../src/views/runsTable/runColumns.ts';
import { metric, run } from '../sampleRun.ts';

test('a curve is what the store sends, with the statistics that the screen shows', () => {
  const columns = columnsOf([metric('loss', 3), metric('loss', 1)].map((point, step) => ({ ...point, step })));
  expect(series({ ...columns, statistics: statisticsOf(columns) })).toMatchObject({
    values: Float64Array.of(3, 1),
    total: 2,
    statistics: { last: 1, lastStep: 1, min: 1, max: 3 },
  });
});

test('a run is the same whether it comes from the server or out of columns; one without a name is called by its id', () => {
  for (const one of [run(), run({ info: { runName: '', startTime: undefined }, metrics: [metric('loss', 3)] })]) {
    const columns = new RunColumns();
    columns.append([one]);
    const latest = one.data.metrics.get('loss')?.value;
    expect(listedRun(columns, 0, 'loss')).toEqual({ ...chartRun(one), latest });
  }
});
