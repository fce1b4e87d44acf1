import { describe, expect, test } from 'vitest';
import { dimensionsOf, valuesOf } from '../../../src/views/charts/dimensions.ts';
import { RunColumns } from '../../../src/views/runsTable/runColumns.ts';
import { metric, NOON, type RunParts, run } from '../sampleRun.ts';

function columnsOf(...parts: readonly RunParts[]): RunColumns {
  const columns = new RunColumns();
  columns.append(parts.map((part, at) => run({ ...part, info: { runId: `run${at}`, ...part.info } })));
  return columns;
}

describe('dimensions', () => {
  test('are params, metrics, useful attributes and the tags that people set, told apart by whether they are numbers', () => {
    const columns = columnsOf(
      { params: { alpha: '0.1', optimizer: 'adam' }, metrics: [metric('rmse', 1)], tags: { team: 'red' } },
      {
        params: { alpha: '1e-3', optimizer: 'adam' },
        tags: { 'mlflow.log-model.history': '[]', 'mlflow.user': 'ada' },
      },
    );
    expect(dimensionsOf(columns).map(({ id, isNumeric, distinct }) => `${id} ${isNumeric} ${distinct}`)).toEqual([
      'attributes.run_name false 1',
      'attributes.start_time true 1',
      'attributes.status false 1',
      'attributes.user_id false 1',
      'metrics.rmse true 1',
      'params.alpha true 2',
      'params.optimizer false 1',
      'tags.mlflow.user false 1',
      'tags.team false 1',
    ]);
  });

  test('have a number of each run, NaN where there is none', () => {
    const columns = columnsOf({ params: { alpha: '0.5' } }, {}, { params: { alpha: '-1e2' } });
    expect(valuesOf(columns, columns.order, 'params.alpha')).toEqual({
      id: 'params.alpha',
      label: 'alpha',
      numbers: Float64Array.of(0.5, Number.NaN, -100),
      isTime: false,
    });
  });

  test('that are texts have places among their values, in natural order', () => {
    const columns = columnsOf(
      { params: { depth: 'l10' } },
      { params: { depth: 'l9' } },
      {},
      { params: { depth: 'l10' } },
    );
    expect(valuesOf(columns, columns.order, 'params.depth')).toMatchObject({
      categories: ['l9', 'l10'],
      numbers: Float64Array.of(1, 0, Number.NaN, 1),
    });
  });

  test('one text among numbers makes all of them texts', () => {
    const columns = columnsOf({ params: { depth: '3' } }, { params: { depth: 'None' } });
    expect(valuesOf(columns, columns.order, 'params.depth').categories).toEqual(['3', 'None']);
  });

  test('moments are numbers that say so', () => {
    const columns = columnsOf({});
    expect(valuesOf(columns, columns.order, 'attributes.start_time')).toMatchObject({
      label: 'Started',
      numbers: Float64Array.of(NOON),
      isTime: true,
    });
  });
});
