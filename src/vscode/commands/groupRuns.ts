import { type QuickPickItem, window } from 'vscode';
import { GROUP_ATTRIBUTES } from '../../views/tree/runGroups.ts';
import { plainKey } from '../../views/tree/runListing.ts';
import type { CommandContext } from './command.ts';

const WORDS: Record<(typeof GROUP_ATTRIBUTES)[number], string> = {
  'attributes.status': 'Status',
  'attributes.user_id': 'User',
  'attributes.start_day': 'Day',
};

/** Lets the user choose what the runs of the view are grouped by: a parameter, a tag, or what every run has. */
export async function groupRuns({ experiments }: CommandContext): Promise<void> {
  const runs = experiments.knownRuns().map(({ run }) => run);
  const keys = (of: (run: (typeof runs)[number]) => Iterable<string>) =>
    [...new Set(runs.flatMap((run) => [...of(run)]))].sort();
  const tags = keys(({ data }) => data.tags.keys()).filter((key) => !key.startsWith('mlflow.'));
  const items: (QuickPickItem & { readonly group?: string })[] = [
    { label: '$(list-flat) No groups', description: 'as usual' },
    ...GROUP_ATTRIBUTES.map((group) => ({ label: WORDS[group], group })),
    ...keys(({ data }) => data.params.keys()).map((key) => item(`params.\`${key}\``)),
    ...tags.map((key) => item(`tags.\`${key}\``)),
  ];
  const chosen = await window.showQuickPick(items, { title: 'Group Runs By' });
  if (chosen) experiments.list({ ...experiments.listing, group: chosen.group });
}

function item(group: string): QuickPickItem & { readonly group: string } {
  return { label: plainKey(group), group };
}
