import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/entities/run.ts';
import { arrangeRows, isNestable, type Row, runsOf, slotOf } from '../../../src/views/runsTable/arrange.ts';
import { readBlock } from '../../../src/views/runsTable/block.ts';
import { cellOf } from '../../../src/views/runsTable/cells.ts';
import { nestRuns, PARENT } from '../../../src/views/runsTable/nest.ts';
import { RunColumns } from '../../../src/views/runsTable/runColumns.ts';
import { TableRows } from '../../../src/views/runsTable/tableRows.ts';
import { DEFAULT_VIEW, type RunsTableView } from '../../../src/views/runsTable/view.ts';
import { metric, NOON, run } from '../sampleRun.ts';

const NO_STATISTICS = { number: () => undefined, curve: () => undefined };

function child(runId: string, parent: string | undefined, parts: Parameters<typeof run>[0] = {}): Run {
  return run({ ...parts, info: { runId }, tags: parent === undefined ? {} : { 'mlflow.parentRunId': parent } });
}

/** A sweep of two runs, of which one has a run of its own, and a run without family; children come first, as the newest. */
function sweep(): RunColumns {
  const columns = new RunColumns();
  columns.append([
    child('fold', 'b'),
    child('b', 'sweep', { params: { alpha: '1' }, metrics: [metric('rmse', 0.7)] }),
    child('a', 'sweep', { params: { alpha: '0.1', kind: 'x' }, metrics: [metric('rmse', 0.9)] }),
    child('alone', undefined),
    child('sweep', undefined, { params: { seed: '7' } }),
  ]);
  return columns;
}

function lines(columns: RunColumns, view: Partial<RunsTableView>): string[] {
  return arrangeRows(columns, { ...DEFAULT_VIEW, ...view }).map((row) => {
    if (typeof row === 'number') return columns.runId(row);
    if ('value' in row) return `[${row.value}]`;
    const mark = row.children === 0 ? '' : row.isOpen ? `▾(${row.children})` : `▸(${row.children})`;
    return `${'  '.repeat(row.level)}${mark}${columns.runId(row.slot)}`;
  });
}

describe('children', () => {
  test('are folded below their parents until these are opened', () => {
    expect(lines(sweep(), {})).toEqual(['alone', '▸(2)sweep']);
    expect(lines(sweep(), { openRuns: ['sweep'] })).toEqual(['alone', '▾(2)sweep', '  ▸(1)b', '  a']);
    expect(lines(sweep(), { openRuns: ['sweep', 'b'] })).toEqual(['alone', '▾(2)sweep', '  ▾(1)b', '    fold', '  a']);
  });

  test('stand among the others where that is asked for, or where runs are grouped', () => {
    expect(lines(sweep(), { flat: true })).toEqual(['fold', 'b', 'a', 'alone', 'sweep']);
    expect(lines(sweep(), { groupBy: 'params.kind' })).toEqual([
      '[undefined]',
      'fold',
      'b',
      'alone',
      'sweep',
      '[x]',
      'a',
    ]);
    expect(isNestable(sweep(), DEFAULT_VIEW)).toBe(true);
    expect(isNestable(sweep(), { ...DEFAULT_VIEW, groupBy: 'params.kind' })).toBe(false);
  });

  test('are hidden with their parents, and pinned to the top without them', () => {
    expect(lines(sweep(), { hiddenRuns: ['sweep'] })).toEqual(['alone']);
    expect(lines(sweep(), { hiddenRuns: ['a'], openRuns: ['sweep'] })).toEqual(['alone', '▾(1)sweep', '  ▸(1)b']);
    expect(lines(sweep(), { pinnedRuns: ['a'] })).toEqual(['a', 'alone', '▸(1)sweep']);
  });

  test('that match bring parents that do not, dimmed and open, where the first of them stands', () => {
    const columns = new RunColumns();
    columns.append([child('a', 'sweep'), child('alone', undefined)]);
    expect(lines(columns, {})).toEqual(['a', 'alone']);
    expect(columns.unknownRuns(PARENT)).toEqual(['sweep']);
    columns.addContext([child('sweep', 'study')]);
    expect(columns.unknownRuns(PARENT)).toEqual(['study']);
    columns.addContext([child('study', undefined)]);
    expect(columns.order).toHaveLength(2);
    expect(lines(columns, {})).toEqual(['▾(1)study', '  ▾(1)sweep', '    a', 'alone']);
    expect(lines(columns, { closedRuns: ['study'] })).toEqual(['▸(1)study', 'alone']);
    const { heads } = readBlock(columns, NO_STATISTICS, {
      rows: arrangeRows(columns, DEFAULT_VIEW),
      from: 0,
      to: 1,
      choices: [],
      pinnedRuns: [],
      now: NOON,
    });
    expect(heads[0]).toMatchObject({ family: { level: 0, children: 1, isOpen: true, isContext: true } });
    // The page with the parent itself comes later.
    columns.append([child('study', undefined)]);
    expect(lines(columns, {})).toEqual(['alone', '▸(1)study']);
  });

  test('lose a parent that no longer matches until it is read again', () => {
    const columns = sweep();
    columns.update(['sweep'], [], [], true);
    expect(lines(columns, {})).toEqual(['▸(1)b', 'a', 'alone']);
    expect(columns.unknownRuns(PARENT)).toEqual(['sweep']);
  });

  test('that are their own parents, or each other’s, are shown', () => {
    const columns = new RunColumns();
    columns.append([child('self', 'self'), child('x', 'y'), child('y', 'x'), child('z', 'x')]);
    expect(lines(columns, {}).sort()).toEqual(['self', 'x', 'y', 'z']);
  });
});

describe('the empty cells of a parent', () => {
  const cell = (id: string) => {
    const columns = sweep();
    const row = arrangeRows(columns, DEFAULT_VIEW)[1] as Row;
    return cellOf(columns, row, { id }, NO_STATISTICS, NOON);
  };

  test('tell the extent of params and the best of metrics', () => {
    expect(cell('params.alpha')).toEqual({ text: '0.1–1', full: '1, 0.1', isDerived: true });
    expect(cell('params.kind')).toEqual({ text: 'x', isDerived: true });
    expect(cell('metrics.rmse')).toMatchObject({ text: '0.7', isDerived: true });
    expect(cell('metrics.rmse').full).toBe('best of 2 · min 0.7 · mean 0.8 · max 0.9');
  });

  test('leave its own values as they are', () => {
    expect(cell('params.seed')).toEqual({ text: '7' });
    expect(cell('tags.none').text).toBeUndefined();
  });

  test('count texts that differ', () => {
    const columns = new RunColumns();
    columns.append([
      child('p', undefined),
      ...['adam', 'sgd', 'adam'].map((kind, at) => child(`c${at}`, 'p', { params: { kind } })),
    ]);
    const [row = 0] = arrangeRows(columns, DEFAULT_VIEW);
    expect(cellOf(columns, row, { id: 'params.kind' }, NO_STATISTICS, NOON)).toMatchObject({
      text: '2 values',
      full: 'adam, sgd',
    });
  });
});

describe('rows that are read bit by bit', () => {
  test('find a run at the row that it is folded below', () => {
    const rows = new TableRows(sweep());
    rows.arrange(sweep(), DEFAULT_VIEW);
    expect(['alone', 'sweep', 'b', 'fold', 'gone'].map((runId) => rows.placeOf(runId))).toEqual([0, 1, 1, 1, -1]);
  });

  test('count what has not been read, and how much has to be for a row', () => {
    const rows = new TableRows(sweep());
    rows.arrange(sweep(), DEFAULT_VIEW);
    expect(rows.count(100)).toBe(97);
    expect(rows.runsFor(2)).toBe(5);
    expect(rows.runsFor(10)).toBe(13);
  });
});

/** Runs that name parents at random: among themselves, ones that are only known, and ones that do not exist. */
const families = fc
  .array(fc.record({ parent: fc.option(fc.nat(25), { nil: undefined }), isContext: fc.boolean() }), { maxLength: 25 })
  .map((parts) => {
    const columns = new RunColumns();
    const runs = parts.map(({ parent }, at) => child(`r${at}`, parent === undefined ? undefined : `r${parent}`));
    columns.append(runs.filter((_, at) => !parts[at]?.isContext));
    columns.addContext(runs.filter((_, at) => parts[at]?.isContext));
    return columns;
  });

describe('whatever runs name as their parents', () => {
  const isBelow = (columns: RunColumns, slot: number, parent: number) =>
    columns.text(slot, PARENT) === columns.runId(parent);

  test('each that matches is there once, folded or not', () => {
    fc.assert(
      fc.property(families, fc.array(fc.nat(25)), (columns, open) => {
        const view = {
          ...DEFAULT_VIEW,
          openRuns: open.map((at) => `r${at}`),
          closedRuns: open.map((at) => `r${at + 1}`),
        };
        const found = runsOf(columns, arrangeRows(columns, view));
        expect([...found].sort((a, b) => a - b)).toEqual([...columns.order].sort((a, b) => a - b));
      }),
    );
  });

  test('children stand below their parents, one level deeper, in the order of the table', () => {
    fc.assert(
      fc.property(families, (columns) => {
        const all = Array.from({ length: 26 }, (_, at) => `r${at}`);
        const rows = arrangeRows(columns, { ...DEFAULT_VIEW, openRuns: all });
        const levels = rows.map((row) => (typeof row === 'number' ? 0 : (row as { level: number }).level));
        rows.forEach((row, at) => {
          const level = levels[at] ?? 0;
          if (level === 0) return;
          const above = levels.lastIndexOf(level - 1, at);
          expect(isBelow(columns, slotOf(row) ?? -1, slotOf(rows[above] ?? -1) ?? -1)).toBe(true);
        });
        const { roots, children } = nestRuns(columns, columns.order);
        for (const siblings of [roots, ...columns.order.map(children)]) {
          const places = siblings.filter((slot) => !columns.isContext(slot)).map((slot) => columns.order.indexOf(slot));
          const isRing = places.length > 0 && siblings === roots;
          if (!isRing) expect(places).toEqual(places.toSorted((a, b) => a - b));
        }
      }),
    );
  });
});

test('rows are of the runs that they were arranged from, whatever has been read meanwhile', () => {
  const [before, after] = [sweep(), new RunColumns()];
  const rows = new TableRows(before);
  rows.arrange(before, DEFAULT_VIEW);
  expect(rows.columns).toBe(before);
  rows.arrange(after, DEFAULT_VIEW);
  expect([rows.columns, rows.all]).toEqual([after, []]);
});
