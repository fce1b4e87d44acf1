import type { ChartsView, ListedRun } from '../../src/protocol/charts.ts';
import { shortNumber } from '../shared/number.ts';
import type { ListEntry } from './runList.ts';

/**
 * The rows of the list: runs, or their groups.
 * @param groups run id → label
 */
export function listEntries(
  runs: readonly ListedRun[],
  { hiddenRuns, hiddenGroups }: Pick<ChartsView, 'hiddenRuns' | 'hiddenGroups'>,
  groups: ReadonlyMap<string, string> | undefined,
): readonly ListEntry[] {
  const hidden = new Set(hiddenRuns);
  if (groups) return groupEntries(runs, groups, new Set(hiddenGroups), hidden);
  return runs.map(({ runId, name, status, color, dash, latest }) => {
    const value = latest === undefined ? '' : shortNumber(latest);
    return { id: runId, label: name, color, dash, status, isVisible: !hidden.has(runId), value };
  });
}

/** Hidden runs are in no group: what is drawn is counted. */
function groupEntries(
  runs: readonly ListedRun[],
  groups: ReadonlyMap<string, string>,
  hiddenGroups: ReadonlySet<string>,
  hidden: ReadonlySet<string>,
): readonly ListEntry[] {
  const shown = runs.filter(({ runId }) => !hidden.has(runId));
  const members = Map.groupBy(shown, ({ runId }) => groups.get(runId) ?? '');
  const entries = [...members].flatMap(([label, of]) => {
    const [first] = of;
    if (!first) return [];
    const value = of.length === 1 ? '1 run' : `${of.length} runs`;
    return [{ id: label, label, color: first.color, dash: first.dash, isVisible: !hiddenGroups.has(label), value }];
  });
  return entries.sort((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }));
}
