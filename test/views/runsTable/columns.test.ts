import { describe, expect, test } from 'vitest';
import {
  automaticColumns,
  columnKey,
  differs,
  distinctValues,
  seenColumns,
  withUnseen,
} from '../../../src/views/runsTable/columns.ts';
import { RunColumns } from '../../../src/views/runsTable/runColumns.ts';
import { metric, run } from '../sampleRun.ts';

function sample(): RunColumns {
  const columns = new RunColumns();
  columns.append([
    run({
      info: { runId: 'a' },
      params: { alpha: '1', fixed: 'x' },
      metrics: [metric('acc', 1), metric('val_loss', 2), metric('system/cpu', 1)],
    }),
    run({ info: { runId: 'b' }, params: { alpha: '2', fixed: 'x', rare: 'y' }, metrics: [metric('acc', 1)] }),
  ]);
  return columns;
}

const idsOf = (columns: RunColumns, before?: Parameters<typeof automaticColumns>[1]) =>
  automaticColumns(columns, before).map(columnKey);

describe('the columns that nobody chose', () => {
  test('are the params that differ and the metrics, the main one first', () => {
    expect(idsOf(sample()).slice(4)).toEqual(['params.alpha', 'params.rare', 'metrics.val_loss', 'metrics.acc']);
  });

  test('stay in their places when others come', () => {
    const columns = sample();
    const before = automaticColumns(columns);
    columns.append([run({ info: { runId: 'c' }, metrics: [metric('a_first', 1)] })]);
    expect(automaticColumns(columns, before).slice(0, before.length)).toEqual(before);
    expect(idsOf(columns, before)).toContain('metrics.a_first');
  });
});

test('what differs is counted', () => {
  expect(differs(sample(), 'params.fixed')).toBe(false);
  expect(differs(sample(), 'params.rare')).toBe(true);
  expect(distinctValues(sample(), 'params.alpha')).toBe(2);
  expect(distinctValues(sample(), 'params.none')).toBe(0);
});

describe('columns that are the same in all runs', () => {
  const ids = ['attributes.run_name', 'params.fixed', 'params.alpha', 'metrics.acc', 'params.rare'];
  const chosen = ids.map((id) => ({ id }));

  test('are left out where that is asked for', () => {
    expect(seenColumns(sample(), chosen, undefined)).toBe(chosen);
    expect(seenColumns(sample(), chosen, true).map(columnKey)).toEqual([
      'attributes.run_name',
      'params.alpha',
      'params.rare',
    ]);
  });

  test('are kept while others are moved or taken out', () => {
    const seen = [{ id: 'params.rare', width: 90 }, { id: 'attributes.run_name' }];
    expect(withUnseen(sample(), chosen, seen)).toEqual([...seen, { id: 'params.fixed' }, { id: 'metrics.acc' }]);
  });
});
