import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { Run } from '../../entities/run.ts';
import { runRow } from '../../views/tree/runRow.ts';
import { chooseEntryPoint } from '../editors/entryPoints.ts';
import { showCharts } from '../panels/charts.ts';
import { EntryPointSearch } from '../services/entryPointSearch.ts';
import { connectionOf } from '../tasks/startEntryPoint.ts';
import { referenceOf } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Runs that are offered: the newest ones. */
const OFFERED = 200;
/** Runs whose curves are shown together. */
const TOGETHER = 10;

type Item = QuickPickItem & { readonly runs: readonly Run[] };

/** Lets the user pick among the runs of an entry point: one is selected in the tree, the newest ones share a chart. */
export async function showEntryPointRuns(context: CommandContext, target: unknown, name: unknown): Promise<void> {
  const place = await chooseEntryPoint(target, name, 'Show Runs of Entry Point');
  const connection = place && (await connectionOf(context, place.folder));
  if (!place || !connection) return;
  const [found] = await new EntryPointSearch(place.document.uri).find(connection, [place.entryPoint.name], OFFERED);
  const runs = found?.runs ?? [];
  if (runs.length === 0) throw new Error(`There are no runs of '${place.entryPoint.name}' yet.`);
  const title = `Runs of ${place.entryPoint.name}`;
  const picked = await window.showQuickPick(itemsOf(runs), { title, matchOnDescription: true, matchOnDetail: true });
  const [first] = picked?.runs ?? [];
  if (!picked || !first) return;
  const references = picked.runs.map((run) => referenceOf({ connection, run }));
  if (picked.runs.length > 1) await showCharts(context, { runs: references });
  else await context.experiments.reveal(referenceOf({ connection, run: first }));
}

function itemsOf(runs: readonly Run[]): Item[] {
  const charted = runs.filter(({ data }) => data.metrics.size > 0).slice(0, TOGETHER);
  const together: Item[] =
    charted.length > 1
      ? [
          { label: `$(graph-line) Metrics of the newest ${charted.length} runs`, runs: charted },
          { label: '', kind: QuickPickItemKind.Separator, runs: [] },
        ]
      : [];
  const single = runs.map((run): Item => {
    const { label, description } = runRow(run, Date.now());
    const params = [...run.data.params].map(([key, value]) => `${key}=${value}`).join('  ');
    return { label, runs: [run], ...(description ? { description } : {}), ...(params ? { detail: params } : {}) };
  });
  return [...together, ...single];
}
