import { isLessBetter } from '../betterValue.ts';
import { extentOf } from '../curvePath.ts';
import { RUN_COLOR_TAG, type RunColor, runColor } from '../runColor.ts';
import { groupName, type NestedRow, type Row, slotOf } from './arrange.ts';
import { cellOf, isNumeric, type Statistics } from './cells.ts';
import { type ColumnGroup, columnLabel, groupOf, keyOf } from './columnIds.ts';
import { type ColumnChoice, columnKey } from './columns.ts';
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
  /** Its place in a family; absent for a run that has neither parent nor children here. */
  readonly family?: RunFamily | undefined;
}

export interface RunFamily {
  /** 0 for those that have no parent. */
  readonly level: number;
  /** How many children it has. */
  readonly children: number;
  readonly isOpen: boolean;
  /** It does not match itself, and is there for its children. */
  readonly isContext: boolean;
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
  /** Places of the values that tell of the runs below a run. */
  readonly derived?: readonly number[] | undefined;
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

/** Columns that a wide window has room for. */
const FIRST_COLUMNS = 20;

/** What is seen at first of a table. Statistics are left to be asked for: each takes a request. @param count of rows */
export function firstBlock(
  columns: RunColumns,
  statistics: BlockStatistics,
  { choices, ...request }: Omit<BlockRequest, 'from' | 'to'>,
  count: number,
): Block {
  const shown = choices.slice(0, FIRST_COLUMNS).filter(({ statistic = 'last' }) => statistic === 'last');
  return readBlock(columns, statistics, { ...request, from: 0, to: count, choices: shown });
}

export function readBlock(columns: RunColumns, statistics: BlockStatistics, request: BlockRequest): Block {
  const { choices, pinnedRuns, from, now } = request;
  const rows = request.rows.slice(from, request.to);
  const cells = choices.map((choice): [string, BlockCells] => {
    const full: Record<number, string> = {};
    const derived: number[] = [];
    const texts = rows.map((row, at) => {
      if (choice.statistic === 'curve') {
        const slot = slotOf(row);
        return slot === undefined ? null : (statistics.curve(columns.runId(slot), choice) ?? null);
      }
      const cell = cellOf(columns, row, choice, statistics, now);
      if (cell.full !== undefined && cell.full !== cell.text) full[at] = cell.full;
      if (cell.isDerived && cell.text !== undefined) derived.push(at);
      return cell.text ?? null;
    });
    const heat = choice.heat ? heatOf(columns, rows, choice) : undefined;
    return [columnKey(choice), { texts, full, ...(derived.length > 0 && { derived }), ...(heat && { heat }) }];
  });
  const pinned = new Set(pinnedRuns);
  return { from, heads: rows.map((row) => headOf(columns, row, pinned)), cells: Object.fromEntries(cells) };
}

function headOf(columns: RunColumns, row: Row, pinned: ReadonlySet<string>): RowHead {
  if (typeof row !== 'number' && 'value' in row) {
    const { value, slots, isClosed } = row;
    return { group: groupName(value), label: value ?? '(none)', count: slots.length, isClosed };
  }
  const slot = typeof row === 'number' ? row : row.slot;
  const runId = columns.runId(slot);
  return {
    runId,
    name: columns.text(slot, 'attributes.run_name') ?? '',
    status: columns.text(slot, 'attributes.status') ?? '',
    isPinned: pinned.has(runId),
    ...runColor(runId, columns.text(slot, `tags.${RUN_COLOR_TAG}`)),
    ...(typeof row !== 'number' && { family: familyOf(columns, row) }),
  };
}

function familyOf(columns: RunColumns, { slot, level, children, isOpen }: NestedRow): RunFamily {
  return { level, children, isOpen, isContext: columns.isContext(slot) };
}

function heatOf(columns: RunColumns, rows: readonly Row[], { id }: ColumnChoice): number[] {
  const values = Float64Array.from(columns.column(id)?.values() ?? [], Number);
  const extent = extentOf([values]);
  const less = isLessBetter(keyOf(id), new Float64Array());
  return rows.map((row) => {
    const slot = slotOf(row);
    const value = slot === undefined ? Number.NaN : Number(columns.value(slot, id) ?? Number.NaN);
    if (!extent || !Number.isFinite(value)) return -1;
    const share = extent.max > extent.min ? (value / 2 - extent.min / 2) / (extent.max / 2 - extent.min / 2) : 0.5;
    return Math.round((less ? 1 - share : share) * 100) / 100;
  });
}
