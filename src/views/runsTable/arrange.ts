import type { RunColumns } from './runColumns.ts';
import type { RunsTableView } from './view.ts';

/** A row of the table: a run, or the head of a group of runs. */
export type Row = number | RowGroup;

export interface RowGroup {
  /** `undefined`: the runs that have no such value. */
  readonly value: string | undefined;
  /** In the order of the table. */
  readonly slots: readonly number[];
  readonly isClosed: boolean;
}

/** The rows from top to bottom: pinned runs, then all others that are not hidden, below the heads of their groups. */
export function arrangeRows(columns: RunColumns, view: RunsTableView): readonly Row[] {
  const { groupBy, pinnedRuns, hiddenRuns, closedGroups } = view;
  if (groupBy === undefined && pinnedRuns.length === 0 && hiddenRuns.length === 0) return columns.order;
  const pinned = pinnedRuns.flatMap((runId) => columns.slot(runId) ?? []);
  const left = new Set([...pinned, ...hiddenRuns.map((runId) => columns.slot(runId))]);
  const others = left.size === 0 ? columns.order : columns.order.filter((slot) => !left.has(slot));
  if (groupBy === undefined) return [...pinned, ...others];
  const rows: Row[] = [...pinned];
  for (const [value, slots] of groupSlots(columns, others, groupBy)) {
    const isClosed = closedGroups.includes(groupName(value));
    rows.push({ value, slots, isClosed });
    if (!isClosed) for (const slot of slots) rows.push(slot);
  }
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
