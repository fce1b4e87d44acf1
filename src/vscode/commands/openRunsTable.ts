import { showRunsTable } from '../panels/runsTable.ts';
import { RunNode } from '../trees/runNode.ts';
import { chosenExperiment } from './chosenExperiment.ts';
import { clickedNodes } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

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
  const chosen = await chosenExperiment(context, target, 'Open Runs Table');
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
