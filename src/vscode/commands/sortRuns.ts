import { type QuickPickItem, window } from 'vscode';
import { isLessBetter } from '../../views/betterValue.ts';
import { plainKey, type RunOrder } from '../../views/tree/runListing.ts';
import type { CommandContext } from './command.ts';

const ATTRIBUTES = ['start_time', 'end_time', 'run_name', 'status'];

/** Lets the user choose what the runs of the view are sorted by: an attribute, a metric or a parameter. */
export async function sortRuns({ experiments }: CommandContext): Promise<void> {
  const runs = experiments.knownRuns().map(({ run }) => run);
  const keys = (of: (run: (typeof runs)[number]) => Iterable<string>) =>
    [...new Set(runs.flatMap((run) => [...of(run)]))].sort();
  const items: (QuickPickItem & { order?: RunOrder })[] = [
    { label: '$(history) Newest first', description: 'as usual' },
    ...keys(({ data }) => data.metrics.keys()).map((key) => {
      // The best ones first.
      const ascending = isLessBetter(key, new Float64Array());
      return item(`metrics.\`${key}\``, ascending);
    }),
    ...keys(({ data }) => data.params.keys()).map((key) => item(`params.\`${key}\``, true)),
    ...ATTRIBUTES.map((key) => item(`attributes.${key}`, key === 'run_name')),
  ];
  const by = await window.showQuickPick(items, { title: 'Sort Runs By' });
  if (!by) return;
  if (!by.order) return experiments.list({ ...experiments.listing, order: undefined });
  const { order } = by;
  const directions = [order.ascending, !order.ascending].map((ascending) => ({
    label: ascending ? '$(arrow-up) Ascending' : '$(arrow-down) Descending',
    ascending,
  }));
  const direction = await window.showQuickPick(directions, { title: `Sort by ${plainKey(order.by)}` });
  if (direction) experiments.list({ ...experiments.listing, order: { ...order, ascending: direction.ascending } });
}

function item(by: string, ascending: boolean): QuickPickItem & { order: RunOrder } {
  return { label: plainKey(by), order: { by, ascending } };
}
