import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/entities/run.ts';
import { by, inOrder } from '../../../src/search/order.ts';
import { compileRunSearch, RUN_FIELDS } from '../../../src/search/runs.ts';
import { orderBy, type SortKey } from '../../../src/views/runsTable/order.ts';
import { RunColumns } from '../../../src/views/runsTable/runColumns.ts';
import { SparseColumn } from '../../../src/views/runsTable/sparseColumn.ts';
import { metric, NOON, run } from '../sampleRun.ts';

/** The runs in the order that a server answers in. */
function ordered(runs: readonly Run[], sort: readonly SortKey[]): readonly Run[] {
  const keys = compileRunSearch(undefined, orderBy(sort)).order(RUN_FIELDS);
  return runs.toSorted(inOrder(keys.map(({ key, ascending }) => by(key, ascending))));
}

const idsOf = (columns: RunColumns) => columns.order.map((slot) => columns.runId(slot));

describe('a sparse column', () => {
  test('is a map from rows to values, whatever is written in which order', () => {
    const write = fc.record({ row: fc.nat(30), value: fc.option(fc.double(), { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(write), (writes) => {
        const column = new SparseColumn<number>();
        const expected = new Map<number, number>();
        for (const { row, value } of writes) {
          if (value === undefined) {
            column.delete(row);
            expected.delete(row);
          } else {
            column.set(row, value);
            expected.set(row, value);
          }
        }
        for (let row = 0; row <= 31; row++) expect(column.get(row)).toBe(expected.get(row));
        expect(column.size).toBe(expected.size);
      }),
    );
  });
});

describe('the runs of a table', () => {
  const a = run({ info: { runId: 'a', runName: 'first' }, params: { alpha: '1' }, metrics: [metric('rmse', 2)] });
  const b = run({ info: { runId: 'b', runName: '', startTime: undefined }, tags: { team: 'red' } });

  test('are read as columns', () => {
    const columns = new RunColumns();
    columns.append([a, b]);
    const [first, second] = columns.order;
    expect(columns.value(first ?? -1, 'metrics.rmse')).toBe(2);
    expect(columns.text(first ?? -1, 'params.alpha')).toBe('1');
    expect(columns.value(second ?? -1, 'metrics.rmse')).toBeUndefined();
    expect(columns.text(second ?? -1, 'attributes.run_name')).toBe('b');
    expect(columns.value(second ?? -1, 'attributes.start_time')).toBeUndefined();
    expect(columns.ids()).toContain('tags.team');
  });

  test('stand there once, though pages overlap', () => {
    const columns = new RunColumns();
    columns.append([a, b]);
    columns.append([b]);
    expect(idsOf(columns)).toEqual(['a', 'b']);
  });

  test('lose what they no longer have, and go when they no longer match', () => {
    const columns = new RunColumns();
    columns.append([a, b]);
    columns.update(['b'], [run({ info: { ...b.info } })], [], true);
    expect(columns.value(columns.slot('b') ?? -1, 'tags.team')).toBeUndefined();
    columns.update(['a'], [], [], true);
    expect(idsOf(columns)).toEqual(['b']);
    expect(columns.slot('a')).toBeUndefined();
  });

  test('that come behind what has been read wait for their page', () => {
    const columns = new RunColumns();
    columns.append([a]);
    const old = run({ info: { runId: 'old', startTime: NOON - 1_000 } });
    columns.update(['old'], [old], [], false);
    expect(idsOf(columns)).toEqual(['a']);
    columns.update(['old'], [old], [], true);
    expect(idsOf(columns)).toEqual(['a', 'old']);
  });

  const value = fc.constantFrom(undefined, 0, 1, 2, Number.NaN, Number.POSITIVE_INFINITY, -0.5);
  const anyRun = fc
    .record({
      id: fc.nat(12),
      rmse: value,
      alpha: fc.constantFrom(undefined, '1', 'x', 'é'),
      startTime: fc.constantFrom(undefined, 1, 2),
    })
    .map(({ id, rmse, alpha, startTime }) =>
      run({
        info: { runId: String(id).padStart(2, '0'), startTime },
        ...(rmse !== undefined && { metrics: [metric('rmse', rmse)] }),
        ...(alpha !== undefined && { params: { alpha } }),
      }),
    );
  const anySort = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('metrics.rmse', 'params.alpha', 'attributes.start_time'),
      descending: fc.boolean(),
    }),
    { selector: ({ id }) => id },
  );

  test('come to the places that the server would give them, however they change', () => {
    fc.assert(
      fc.property(fc.array(anyRun), fc.array(anyRun, { maxLength: 5 }), anySort, (before, changes, sort) => {
        const runs = new Map(before.map((it) => [it.info.runId, it]));
        const columns = new RunColumns();
        columns.append(ordered([...runs.values()], sort));
        for (const it of changes) {
          runs.set(it.info.runId, it);
          columns.update([it.info.runId], [it], sort, true);
        }
        expect(idsOf(columns)).toEqual(ordered([...runs.values()], sort).map(({ info }) => info.runId));
      }),
    );
  });
});
