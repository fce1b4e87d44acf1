import { describe, expect, test } from 'vitest';
import { arrangeRows, groupName } from '../../../src/views/runsTable/arrange.ts';
import { type BlockStatistics, readBlock, shownColumn } from '../../../src/views/runsTable/block.ts';
import { cellOf, isNumeric, summarize } from '../../../src/views/runsTable/cells.ts';
import { RunColumns } from '../../../src/views/runsTable/runColumns.ts';
import { DEFAULT_VIEW } from '../../../src/views/runsTable/view.ts';
import { metric, NOON, run } from '../sampleRun.ts';

const NO_STATISTICS: BlockStatistics = { number: () => undefined, curve: () => undefined };

/** Three runs, of which two share an optimizer and one has none. */
function sample(): RunColumns {
  const columns = new RunColumns();
  columns.append([
    run({ info: { runId: 'a' }, params: { optimizer: 'adam', alpha: '0.5' }, metrics: [metric('rmse', 0.123456789)] }),
    run({
      info: { runId: 'b', status: 'FAILED' },
      params: { optimizer: 'adam', alpha: '1e-3' },
      metrics: [metric('rmse', 3)],
    }),
    run({
      info: { runId: 'c', status: 'RUNNING', endTime: undefined },
      params: { alpha: 'auto' },
      metrics: [metric('rmse', Number.NaN)],
    }),
  ]);
  return columns;
}

const text = (row: number, id: string) => cellOf(sample(), row, { id }, NO_STATISTICS, NOON + 3_600_000);

describe('a cell', () => {
  test('has four digits, and all of them in full', () => {
    expect(text(0, 'metrics.rmse')).toEqual({ text: '0.1235', full: '0.123456789' });
    expect(text(2, 'metrics.rmse').text).toBe('NaN');
    expect(text(0, 'metrics.none').text).toBeUndefined();
  });

  test('tells times as a person does', () => {
    expect(text(0, 'attributes.start_time').text).toBe('1 h ago');
    expect(text(0, 'attributes.duration').text).toBe('14 s');
    expect(text(2, 'attributes.duration').text).toBe('1 h');
  });

  test('of a long text shows its beginning', () => {
    const columns = new RunColumns();
    columns.append([run({ params: { long: 'x'.repeat(10_000) } })]);
    const cell = cellOf(columns, 0, { id: 'params.long' }, NO_STATISTICS, NOON);
    expect(cell.text).toHaveLength(201);
    expect(cell.full).toHaveLength(2_001);
  });

  test('stands at the right side where all values of its column are numbers', () => {
    expect(isNumeric(sample(), { id: 'metrics.rmse' })).toBe(true);
    expect(isNumeric(sample(), { id: 'params.alpha' })).toBe(false);
    expect(isNumeric(sample(), { id: 'params.optimizer' })).toBe(false);
  });
});

describe('rows', () => {
  const columns = sample();

  test('are pinned, hidden and grouped', () => {
    expect(arrangeRows(columns, DEFAULT_VIEW)).toEqual([0, 1, 2]);
    expect(arrangeRows(columns, { ...DEFAULT_VIEW, pinnedRuns: ['c', 'gone'], hiddenRuns: ['a'] })).toEqual([2, 1]);
    const rows = arrangeRows(columns, {
      ...DEFAULT_VIEW,
      groupBy: 'params.optimizer',
      closedGroups: [groupName(undefined)],
    });
    expect(rows).toEqual([
      { value: 'adam', slots: [0, 1], isClosed: false },
      0,
      1,
      { value: undefined, slots: [2], isClosed: true },
    ]);
  });

  test('of groups tell mean and extent of metrics, and params that are shared', () => {
    const rows = arrangeRows(columns, { ...DEFAULT_VIEW, groupBy: 'params.optimizer' });
    const choices = [{ id: 'metrics.rmse' }, { id: 'params.optimizer' }, { id: 'params.alpha' }];
    const { cells, heads } = readBlock(columns, NO_STATISTICS, {
      rows,
      from: 0,
      to: 1,
      choices,
      pinnedRuns: [],
      now: NOON,
    });
    expect(heads).toEqual([{ group: '=adam', label: 'adam', count: 2, isClosed: false }]);
    expect(cells['metrics.rmse']?.texts).toEqual(['1.562']);
    expect(cells['metrics.rmse']?.full[0]).toContain('min 0.123456789 · max 3');
    expect(cells['params.optimizer']?.texts).toEqual(['adam']);
    expect(cells['params.alpha']?.texts).toEqual([null]);
  });

  test('are coloured from the worst to the best value', () => {
    const choices = [{ id: 'metrics.rmse', heat: true }];
    const { cells } = readBlock(columns, NO_STATISTICS, {
      rows: [0, 1, 2],
      from: 0,
      to: 3,
      choices,
      pinnedRuns: [],
      now: NOON,
    });
    expect(cells['metrics.rmse']?.heat).toEqual([1, 0, -1]);
  });

  test('have the statistics that were read, and say so in the heading', () => {
    const statistics = { ...NO_STATISTICS, number: (runId: string) => (runId === 'a' ? 7 : undefined) };
    const choice = { id: 'metrics.rmse', statistic: 'bestStep' } as const;
    const { cells } = readBlock(columns, statistics, {
      rows: [0, 1],
      from: 0,
      to: 2,
      choices: [choice],
      pinnedRuns: [],
      now: NOON,
    });
    expect(cells['bestStep:metrics.rmse']?.texts).toEqual(['7', null]);
    expect(shownColumn(columns, choice)).toMatchObject({
      label: 'rmse · best step',
      isSortable: false,
      isNumber: true,
    });
  });
});

test('a group tells no statistics while they are known of some of its runs only', () => {
  const columns = sample();
  const group = { value: 'adam', slots: [0, 1], isClosed: false };
  const choice = { id: 'metrics.rmse', statistic: 'min' } as const;
  const ofSome = { number: (runId: string) => (runId === 'a' ? 1 : undefined) };
  const ofAll = { number: (runId: string) => (runId === 'a' ? 1 : 3) };
  expect(cellOf(columns, group, choice, ofSome, NOON).text).toBeUndefined();
  expect(cellOf(columns, group, choice, ofAll, NOON)).toEqual({ text: '1', full: 'mean 2 of 2 · min 1 · max 3' });
  expect(cellOf(columns, group, { ...choice, statistic: 'max' }, ofAll, NOON).text).toBe('3');
  expect(cellOf(columns, group, { ...choice, statistic: 'first' }, ofAll, NOON).text).toBe('2');
  const ofNone = { number: (runId: string) => (runId === 'a' ? 1 : Number.NaN) };
  expect(cellOf(columns, group, choice, ofNone, NOON).text).toBe('1');
  expect(cellOf(columns, 1, choice, ofNone, NOON).text).toBeUndefined();
});

test('a summary leaves out what is no number, and knows the largest ones', () => {
  expect(summarize([undefined, Number.NaN, 'x'])).toBeUndefined();
  expect(summarize([1, 2, Number.POSITIVE_INFINITY, 6])).toEqual({ count: 3, mean: 3, min: 1, max: 6 });
  expect(summarize([Number.MAX_VALUE, Number.MAX_VALUE])?.mean).toBe(Number.MAX_VALUE);
});
