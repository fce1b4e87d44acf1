import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distributionOf } from '../../../src/views/runsTable/distribution.ts';
import { RunColumns } from '../../../src/views/runsTable/runColumns.ts';
import { metric, run } from '../sampleRun.ts';

function of(metrics: readonly (number | undefined)[], params: readonly (string | undefined)[] = []): RunColumns {
  const columns = new RunColumns();
  const count = Math.max(metrics.length, params.length);
  columns.append(
    Array.from({ length: count }, (_, at) => {
      const [value, kind] = [metrics[at], params[at]];
      return run({
        info: { runId: `r${at}` },
        metrics: value === undefined ? [] : [metric('rmse', value)],
        params: kind === undefined ? {} : { kind },
      });
    }),
  );
  return columns;
}

describe('the values of a column', () => {
  test('that are numbers are counted in bars of equal width', () => {
    const { bars, isNumber, missing, others } = distributionOf(
      of([0, 1, 16, 15.5, undefined, Number.NaN]),
      'metrics.rmse',
    );
    expect(bars.map(({ count }) => count)).toEqual([1, 1, ...new Array(13).fill(0), 2]);
    expect([bars[0]?.label, bars[15]?.label]).toEqual(['0 – 1', '15 – 16']);
    expect([isNumber, missing, others]).toEqual([true, 1, 1]);
  });

  test('that are all equal have one bar, and those that are no numbers none', () => {
    expect(distributionOf(of([2, 2]), 'metrics.rmse').bars).toEqual([{ label: '2', count: 2 }]);
    expect(distributionOf(of([Number.NaN, Number.POSITIVE_INFINITY]), 'metrics.rmse')).toMatchObject({
      bars: [],
      others: 2,
    });
    expect(distributionOf(of([1]), 'metrics.none')).toEqual({ bars: [], isNumber: false, missing: 1, others: 0 });
  });

  test('that are texts are counted, the most frequent first', () => {
    const kinds = ['sgd', 'adam', 'adam', undefined, ...Array.from({ length: 9 }, (_, at) => `rare ${at}`)];
    const { bars, isNumber, missing, others } = distributionOf(of([], kinds), 'params.kind');
    expect(bars.slice(0, 3)).toEqual([
      { label: 'adam', count: 2 },
      { label: 'rare 0', count: 1 },
      { label: 'rare 1', count: 1 },
    ]);
    expect([bars.length, isNumber, missing, others]).toEqual([8, false, 1, 3]);
  });

  test('are all accounted for, whatever they are', () => {
    const value = fc.option(fc.double(), { nil: undefined });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const { bars, missing, others } = distributionOf(of(values), 'metrics.rmse');
        expect(bars.reduce((sum, { count }) => sum + count, missing + others)).toBe(values.length);
      }),
    );
  });
});
