import { nestRuns, PARENT, runsBelow } from './nest.ts';
import type { RunColumns } from './runColumns.ts';
import type { RunsTableView } from './view.ts';

/** A row of the table: a run, a run that has a place in a family, or the head of a group of runs. */
export type Row = number | NestedRow | RowGroup;

export interface NestedRow {
  readonly slot: number;
  /** 0 for those that have no parent. */
  readonly level: number;
  /** How many runs are its children. */
  readonly children: number;
  /** All runs below it that match. */
  readonly descendants: readonly number[];
  readonly isOpen: boolean;
}

export interface RowGroup {
  /** `undefined`: the runs that have no such value. */
  readonly value: string | undefined;
  /** In the order of the table. */
  readonly slots: readonly number[];
  readonly isClosed: boolean;
}

/** The run of a row; `undefined` for the head of a group. */
export function slotOf(row: Row): number | undefined {
  return typeof row === 'number' ? row : 'slot' in row ? row.slot : undefined;
}

/** Runs of some rows, with those that are folded below them; without the parents that do not match. */
export function runsOf(columns: RunColumns, rows: readonly Row[]): readonly number[] {
  return rows.flatMap((row) => {
    if (typeof row === 'number') return row;
    if ('value' in row) return row.isClosed ? row.slots : [];
    const own = columns.isContext(row.slot) ? [] : [row.slot];
    return row.isOpen ? own : [...own, ...row.descendants];
  });
}

/** Whether there are children, which can stand below their parents. */
export function isNestable(columns: RunColumns, { groupBy }: RunsTableView): boolean {
  return groupBy === undefined && (columns.column(PARENT)?.size ?? 0) > 0;
}

/**
 * The rows from top to bottom: pinned runs, then all others that are not hidden, below their parents or below the heads
 * of their groups. With a parent all that is below it is hidden.
 */
export function arrangeRows(columns: RunColumns, view: RunsTableView): readonly Row[] {
  const { groupBy, pinnedRuns, hiddenRuns, closedGroups, flat } = view;
  const isNested = !flat && isNestable(columns, view);
  if (!isNested && groupBy === undefined && pinnedRuns.length === 0 && hiddenRuns.length === 0) return columns.order;
  const slots = (runIds: readonly string[]) => runIds.flatMap((runId) => columns.slot(runId) ?? []);
  const pinned = slots(pinnedRuns).filter((slot) => !columns.isContext(slot));
  const hidden = slots(hiddenRuns);
  const left = new Set([...pinned, ...hidden]);
  const others = left.size === 0 ? columns.order : columns.order.filter((slot) => !left.has(slot));
  if (isNested) return nestedRows(columns, view, pinned, hidden);
  if (groupBy === undefined) return [...pinned, ...others];
  const rows: Row[] = [...pinned];
  for (const [value, own] of groupSlots(columns, others, groupBy)) {
    const isClosed = closedGroups.includes(groupName(value));
    rows.push({ value, slots: own, isClosed });
    if (!isClosed) for (const slot of own) rows.push(slot);
  }
  return rows;
}

function nestedRows(
  columns: RunColumns,
  { openRuns = [], closedRuns = [] }: RunsTableView,
  pinned: readonly number[],
  hidden: readonly number[],
): readonly Row[] {
  const { roots, children } = nestRuns(columns, columns.order);
  const [open, closed, gone] = [new Set(openRuns), new Set(closedRuns), new Set(hidden)];
  const top = new Set(pinned);
  const isAll = gone.size === 0 && top.size === 0;
  const shownChildren = (slot: number) =>
    isAll ? children(slot) : children(slot).filter((child) => !gone.has(child) && !top.has(child));
  const rows: Row[] = [];
  const add = (slot: number, level: number) => {
    const own = shownChildren(slot);
    if (own.length === 0 && (level === 0 || columns.isContext(slot))) {
      if (!columns.isContext(slot)) rows.push(slot);
      return;
    }
    const runId = columns.runId(slot);
    const isOpen = columns.isContext(slot) ? !closed.has(runId) : open.has(runId);
    const descendants = runsBelow(slot, shownChildren).filter((below) => !columns.isContext(below));
    rows.push({ slot, level, children: own.length, descendants, isOpen: isOpen && own.length > 0 });
    if (isOpen) for (const child of own) add(child, level + 1);
  };
  for (const slot of pinned) add(slot, 0);
  for (const slot of roots) if (!top.has(slot) && !gone.has(slot)) add(slot, 0);
  return rows;
}

/** The groups in the order of their first runs. */
function groupSlots(
  columns: RunColumns,
  slots: readonly number[],
  id: string,
): ReadonlyMap<string | undefined, number[]> {
  const groups = new Map<string | undefined, number[]>();
  for (const slot of slots) {
    const value = columns.text(slot, id);
    const own = groups.get(value);
    if (own) own.push(slot);
    else groups.set(value, [slot]);
  }
  return groups;
}

/** A group's value as `closedGroups` names it. */
export function groupName(value: string | undefined): string {
  return value === undefined ? '' : `=${value}`;
}
