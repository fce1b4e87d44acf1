import { describe, expect, test } from 'vitest';
import { compileRunSearch } from '../../../src/search/runs.ts';
import { completeFilter } from '../../../src/views/runsTable/complete.ts';
import { filterOf, typedFilter } from '../../../src/views/runsTable/filter.ts';
import { RunColumns } from '../../../src/views/runsTable/runColumns.ts';
import { metric, run } from '../sampleRun.ts';

const columns = new RunColumns();
columns.append([
  run({ info: { runId: 'a' }, params: { alpha: '0.5', 'model name': "it's" }, metrics: [metric('val/rmse', 1)] }),
  run({ info: { runId: 'b' }, params: { alpha: '0.5' } }),
  run({ info: { runId: 'c' }, params: { alpha: '0.9' } }),
]);

/** The texts that each completion would make of the filter. */
const complete = (text: string) => {
  const { from, items } = completeFilter(columns, text);
  return items.map((item) => text.slice(0, from) + item.text);
};

describe('a filter is completed', () => {
  test.each([
    ['', 'params.alpha '],
    ['alp', 'params.alpha '],
    ['rms', 'metrics.`val/rmse` '],
    ['params.alpha = "1" and sta', 'params.alpha = "1" and attributes.status '],
    ['params.alpha ', 'params.alpha != '],
    ['metrics.`val/rmse` ', 'metrics.`val/rmse` >= '],
    ['params.alpha = ', "params.alpha = '0.5' "],
    ["params.alpha = '0.9", "params.alpha = '0.9' "],
    ['params.alpha LIKE ', "params.alpha LIKE '0.5' "],
    ['params.`model name` = ', 'params.`model name` = "it\'s" '],
    ["params.alpha = 'and' a", "params.alpha = 'and' AND "],
  ])('%j can become %j', (text, wanted) => {
    expect(complete(text)).toContain(wanted);
  });

  test('with the most frequent value first, and how many runs have it', () => {
    expect(completeFilter(columns, 'params.alpha = ').items[0]).toEqual({ text: "'0.5' ", detail: '2 runs' });
  });

  test('by nothing where a number is wanted', () => {
    expect(complete('metrics.`val/rmse` < ')).toEqual([]);
  });
});

describe('what is sent', () => {
  test('is what was typed, or a part of a name', () => {
    expect(typedFilter('metrics.a < 1')).toBe('metrics.a < 1');
    expect(typedFilter('')).toBe('');
    expect(typedFilter("bob's")).toBe(`attributes.run_name ILIKE "%bob's%"`);
  });

  test('is a filter that a server understands', () => {
    expect(filterOf('', undefined)).toBeUndefined();
    const filter = filterOf('params.a = "x"', undefined, ['a', 'b']);
    expect(filter).toBe(`params.a = "x" AND attributes.run_id IN ('a', 'b')`);
    for (const text of [filter, typedFilter('wolf'), typedFilter("it's")])
      expect(() => compileRunSearch(text)).not.toThrow();
  });
});
