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

/** The experiment that was clicked or is selected, else one that the user picks. */
export async function chosenExperiment(
  context: CommandContext,
  target: unknown,
  title: string,
): Promise<ChosenExperiment | undefined> {
  if (target instanceof ExperimentNode) return target;
  const [selected] = context.experiments.selectedExperiments();
  if (selected) return selected;
  return pickExperiment(context, title);
}

/** Where there is only one, nobody is asked. */
export async function pickExperiment(
  { connections }: CommandContext,
  title: string,
): Promise<ChosenExperiment | undefined> {
  const all = (await Promise.all(connections.all().map(experimentsOf))).flat();
  if (all.length === 0) throw new Error('There are no experiments yet: start the tracking server and run a program.');
  if (all.length === 1) return all[0];
  const items = all.map((chosen): QuickPickItem & { chosen: ChosenExperiment } => {
    return { label: chosen.experiment.name, description: chosen.connection.label, chosen };
  });
  return (await window.showQuickPick(items, { title, placeHolder: 'Experiment' }))?.chosen;
}

export async function experimentsOf(connection: Connection): Promise<readonly ChosenExperiment[]> {
  const { items } = await connection.tracking.searchExperiments({ maxResults: OFFERED });
  return items.map((experiment) => ({ connection, experiment }));
}
