import { type QuickPickItem, window } from 'vscode';
import type { Experiment } from '../../entities/experiment.ts';
import { showRunsTable } from '../panels/runsTable.ts';
import type { Connection } from '../services/connections.ts';
import { ExperimentNode } from '../trees/experimentNode.ts';
import { RunNode } from '../trees/runNode.ts';
import { clickedNodes } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

interface ChosenExperiment {
  readonly connection: Connection;
  readonly experiment: Experiment;
}

const OFFERED = 1_000;

/**
 * Opens the runs of an experiment, or those that are selected, as a table.
 * @param target a node of the tree; the user picks an experiment where there is none
 */
export async function openRunsTable(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const runs = clickedNodes(target, selection).filter((node) => node instanceof RunNode);
  if (runs.length > 0) {
    openSelection(context, runs);
    return;
  }
  const chosen = target instanceof ExperimentNode ? target : await pickExperiment(context);
  if (!chosen) return;
  const { connection, experiment } = chosen;
  showRunsTable(context, experiment.name, { connectionId: connection.id, experimentId: experiment.experimentId });
}

/** A table has one experiment: that of the first run. */
function openSelection(context: CommandContext, runs: readonly RunNode[]): void {
  const [experiment] = runs.map((run) => run.experiment);
  if (!experiment) return;
  const runIds = runs.filter((run) => run.experiment === experiment).map(({ run }) => run.info.runId);
  const title =
    runIds.length === 1 ? (runs[0]?.run.info.runName ?? '') : `${runIds.length} of ${experiment.experiment.name}`;
  const { experimentId } = experiment.experiment;
  showRunsTable(context, title, { connectionId: experiment.connection.id, experimentId, runIds });
}

/** Where there is only one, nobody is asked. */
async function pickExperiment({ connections }: CommandContext): Promise<ChosenExperiment | undefined> {
  const all = (await Promise.all(connections.all().map(experimentsOf))).flat();
  if (all.length === 0) throw new Error('There are no experiments yet: start the tracking server and run a program.');
  if (all.length === 1) return all[0];
  const items = all.map((chosen): QuickPickItem & { chosen: ChosenExperiment } => {
    return { label: chosen.experiment.name, description: chosen.connection.label, chosen };
  });
  return (await window.showQuickPick(items, { title: 'Open Runs Table', placeHolder: 'Experiment' }))?.chosen;
}

async function experimentsOf(connection: Connection): Promise<readonly ChosenExperiment[]> {
  const { items } = await connection.tracking.searchExperiments({ maxResults: OFFERED });
  return items.map((experiment) => ({ connection, experiment }));
}
