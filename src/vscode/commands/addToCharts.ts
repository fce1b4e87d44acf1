import { showCharts } from '../panels/charts.ts';
import { chosenRuns, referenceOf } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Adds runs to the charts that were looked at last; opens charts of them where there are none. */
export async function addToCharts(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const runs = (await chosenRuns(context, target, selection, 'Add to Charts')).map(referenceOf);
  if (runs.length > 0 && !context.openCharts.add(runs)) await showCharts(context, { runs });
}
