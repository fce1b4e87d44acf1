import { isLessBetter } from '../betterValue.ts';
import { extentOf } from '../curvePath.ts';
import { type RunColor, runColor } from '../runColor.ts';
import type { Row } from './arrange.ts';
import { groupName } from './arrange.ts';
import { cellOf, isNumeric, type Statistics } from './cells.ts';
import { type ColumnChoice, type ColumnGroup, columnKey, columnLabel, groupOf, keyOf } from './columns.ts';
import { isSortable } from './order.ts';
import type { RunColumns } from './runColumns.ts';

/** A column as it is drawn. */
export interface ShownColumn extends ColumnChoice {
  readonly key: string;
  readonly label: string;
  readonly group: ColumnGroup;
  readonly isNumber: boolean;
  readonly isSortable: boolean;
}

/** The beginning of a row: what it is. */
export type RowHead = RunHead | GroupHead;

export interface RunHead extends RunColor {
  readonly runId: string;
  readonly name: string;
  readonly status: string;
  readonly isPinned: boolean;
}

export interface GroupHead {
  /** As `closedGroups` names it. */
  readonly group: string;
  readonly label: string;
  readonly count: number;
  readonly isClosed: boolean;
}

/** One column of some rows. */
export interface BlockCells {
  /** `null`: there is no value. For a column of curves the `d` of its path. */
  readonly texts: readonly (string | null)[];
  /** Values in full, by their place, where the text is shorter. */
  readonly full: Readonly<Record<number, string>>;
  /** 0 for the worst to 1 for the best value of the column, −1 for none; only of coloured columns. */
  readonly heat?: readonly number[] | undefined;
}

/** Some rows and some of their columns. */
export interface Block {
  readonly from: number;
  readonly heads: readonly RowHead[];
  readonly cells: Readonly<Record<string, BlockCells>>;
}

/** What is known of runs beyond their latest values. */
export interface BlockStatistics extends Statistics {
  curve(runId: string, choice: ColumnChoice): string | undefined;
}

const WORDS: Readonly<Record<Exclude<ColumnChoice['statistic'], undefined>, string>> = {
  last: '',
  min: 'min',
  max: 'max',
  first: 'first',
  bestStep: 'best step',
  curve: 'curve',
};

export function shownColumn(columns: RunColumns, choice: ColumnChoice): ShownColumn {
  const { id, statistic = 'last' } = choice;
  return {
    ...choice,
    key: columnKey(choice),
    label: [columnLabel(id), WORDS[statistic]].filter(Boolean).join(' · '),
    group: groupOf(id),
    isNumber: isNumeric(columns, choice),
    isSortable: isSortable(id) && statistic === 'last',
  };
}

export interface BlockRequest {
  readonly rows: readonly Row[];
  readonly from: number;
  readonly to: number;
  readonly choices: readonly ColumnChoice[];
  readonly pinnedRuns: readonly string[];
  /** ms since the epoch */
  readonly now: number;
}

export function readBlock(columns: RunColumns, statistics: BlockStatistics, request: BlockRequest): Block {
  const { choices, pinnedRuns, from, now } = request;
  const rows = request.rows.slice(from, request.to);
  const cells = choices.map((choice): [string, BlockCells] => {
    const full: Record<number, string> = {};
    const texts = rows.map((row, at) => {
      if (choice.statistic === 'curve') {
        return typeof row === 'number' ? (statistics.curve(columns.runId(row), choice) ?? null) : null;
      }
      const cell = cellOf(columns, row, choice, statistics, now);
      if (cell.full !== undefined && cell.full !== cell.text) full[at] = cell.full;
      return cell.text ?? null;
    });
    return [columnKey(choice), { texts, full, ...(choice.heat && { heat: heatOf(columns, rows, choice) }) }];
  });
  const pinned = new Set(pinnedRuns);
  return { from, heads: rows.map((row) => headOf(columns, row, pinned)), cells: Object.fromEntries(cells) };
}

function headOf(columns: RunColumns, row: Row, pinned: ReadonlySet<string>): RowHead {
  if (typeof row !== 'number') {
    const { value, slots, isClosed } = row;
    return { group: groupName(value), label: value ?? '(none)', count: slots.length, isClosed };
  }
  const runId = columns.runId(row);
  return {
    runId,
    name: columns.text(row, 'attributes.run_name') ?? '',
    status: columns.text(row, 'attributes.status') ?? '',
    isPinned: pinned.has(runId),
    ...runColor(runId),
  };
}

function heatOf(columns: RunColumns, rows: readonly Row[], { id }: ColumnChoice): number[] {
  const values = Float64Array.from(columns.column(id)?.values() ?? [], Number);
  const extent = extentOf([values]);
  const less = isLessBetter(keyOf(id), new Float64Array());
  return rows.map((row) => {
    const value = typeof row === 'number' ? Number(columns.value(row, id) ?? Number.NaN) : Number.NaN;
    if (!extent || !Number.isFinite(value)) return -1;
    const share = extent.max > extent.min ? (value / 2 - extent.min / 2) / (extent.max / 2 - extent.min / 2) : 0.5;
    return Math.round((less ? 1 - share : share) * 100) / 100;
  });
}
