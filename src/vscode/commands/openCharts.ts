import { showCharts } from '../panels/charts.ts';
import { chosenExperiment } from './chosenExperiment.ts';
import type { CommandContext } from './command.ts';

/** Opens the charts of all runs of an experiment. @param target a node of the tree; the user picks one where there is none */
export async function openCharts(context: CommandContext, target: unknown): Promise<void> {
  const chosen = await chosenExperiment(context, target, 'Open Charts');
  if (!chosen) return;
  const { connection, experiment } = chosen;
  await showCharts(context, {
    experiment: { connectionId: connection.id, experimentId: experiment.experimentId },
  });
}
