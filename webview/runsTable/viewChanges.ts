import type { GroupHead, RunHead, RunsTableView, SortKey } from '../../src/protocol/runsTable.ts';
import type { PlacedColumn } from './layout.ts';

/**
 * The order after a click on a heading: numbers and times by their largest first, texts from A on; the other way round
 * at the second click; not at all at the third.
 * @param add whether the column joins those that are sorted by, or takes their place
 */
export function nextSort(keys: readonly SortKey[], { id, isNumber }: PlacedColumn, add: boolean): readonly SortKey[] {
  const at = keys.findIndex((key) => key.id === id);
  const known = keys[at];
  const first = isNumber || id.endsWith('_time');
  const next =
    known === undefined ? [{ id, descending: first }] : known.descending === first ? [{ id, descending: !first }] : [];
  if (!add) return next;
  return at < 0 ? [...keys, ...next] : keys.toSpliced(at, 1, ...next);
}

/** Whether two views have the same rows in the same order. */
export function isSameOrder(one: RunsTableView, other: RunsTableView): boolean {
  const order = ({ sort, filter, groupBy }: RunsTableView) => JSON.stringify([sort, filter, groupBy]);
  return order(one) === order(other);
}

export function toggleGroup({ closedGroups }: RunsTableView, { group, isClosed }: GroupHead): Partial<RunsTableView> {
  const others = closedGroups.filter((closed) => closed !== group);
  return { closedGroups: isClosed ? others : [...closedGroups, group] };
}

/** Shows or hides the children of a run. */
export function foldRun(view: RunsTableView, { runId, family }: RunHead, isOpen: boolean): Partial<RunsTableView> {
  const without = (runIds: readonly string[] = []) => runIds.filter((other) => other !== runId);
  // Parents that are there for their children are open until they are closed, all others the other way round.
  if (family?.isContext)
    return { closedRuns: isOpen ? without(view.closedRuns) : [...without(view.closedRuns), runId] };
  return { openRuns: isOpen ? [...without(view.openRuns), runId] : without(view.openRuns) };
}

/** Marks runs as pinned or hidden, or lets them go where all of them are. */
export function markRuns(
  view: RunsTableView,
  list: 'pinnedRuns' | 'hiddenRuns',
  runIds: readonly string[],
): Partial<RunsTableView> {
  const [marked, meant] = [new Set(view[list]), new Set(runIds)];
  const others = view[list].filter((runId) => !meant.has(runId));
  return { [list]: runIds.every((runId) => marked.has(runId)) ? others : [...others, ...runIds] };
}
