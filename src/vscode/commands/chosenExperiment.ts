import { type QuickPickItem, window } from 'vscode';
import type { Experiment } from '../../entities/experiment.ts';
import type { Connection } from '../services/connections.ts';
import { ExperimentNode } from '../trees/experimentNode.ts';
import type { CommandContext } from './command.ts';

export interface ChosenExperiment {
  readonly connection: Connection;
  readonly experiment: Experiment;
}

const OFFERED = 1_000;

/** The experiment that was clicked or is selected, else one that the user picks; where there is only one, nobody is asked. */
export async function chosenExperiment(
  context: CommandContext,
  target: unknown,
  title: string,
): Promise<ChosenExperiment | undefined> {
  if (target instanceof ExperimentNode) return target;
  const [selected] = context.experiments.selectedExperiments();
  if (selected) return selected;
  const all = (await Promise.all(context.connections.all().map(experimentsOf))).flat();
  if (all.length === 0) throw new Error('There are no experiments yet: start the tracking server and run a program.');
  return all.length === 1 ? all[0] : pickExperiment(all, title);
}

export async function pickExperiment(
  all: readonly ChosenExperiment[],
  title: string,
): Promise<ChosenExperiment | undefined> {
  const items = all.map((chosen): QuickPickItem & { chosen: ChosenExperiment } => {
    return { label: chosen.experiment.name, description: chosen.connection.label, chosen };
  });
  return (await window.showQuickPick(items, { title, placeHolder: 'Experiment' }))?.chosen;
}

export async function experimentsOf(connection: Connection): Promise<readonly ChosenExperiment[]> {
  const { items } = await connection.tracking.searchExperiments({ maxResults: OFFERED });
  return items.map((experiment) => ({ connection, experiment }));
}
