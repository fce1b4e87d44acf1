import { showCharts } from '../panels/charts.ts';
import { isRunReference } from '../services/connections.ts';
import type { CommandContext } from './command.ts';
import { showRunDetails } from './showRunDetails.ts';

/** Opens a run: all that is known of it. @param target a `RunReference`, or several, for their curves */
export async function openRun(context: CommandContext, target: unknown): Promise<void> {
  const references = Array.isArray(target) ? target : [target];
  if (!references.every(isRunReference)) throw new Error('There is no run to open.');
  if (references.length > 1) return showCharts(context, { runs: references });
  if (references[0]) await showRunDetails(context, references[0], undefined);
}
