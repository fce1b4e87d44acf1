import { window } from 'vscode';
import { ExperimentNode } from '../trees/experimentNode.ts';
import { type ChosenExperiment, chosenExperiment } from './chosenExperiment.ts';
import { clickedNodes } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Moves experiments and their runs to MLflow's deleted stage, from which they can be brought back. */
export async function deleteExperiment(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const clicked = clickedNodes(target, selection).filter((node) => node instanceof ExperimentNode);
  const chosen = clicked.length > 0 ? clicked : [await chosenExperiment(context, target, 'Delete Experiment')];
  const experiments = chosen.filter((it) => it !== undefined);
  if (experiments.length === 0) return;
  const [first] = experiments;
  const names =
    experiments.length === 1 ? `experiment '${first?.experiment.name}'` : `${experiments.length} experiments`;
  const detail = 'Deleted experiments stay in the store with their runs, and can be restored.';
  const answer = await window.showWarningMessage(`Delete ${names}?`, { modal: true, detail }, 'Delete');
  if (answer !== 'Delete') return;
  for (const { connection, experiment } of experiments) {
    await connection.tracking.deleteExperiment(experiment.experimentId);
  }
  void offerUndo(`Deleted ${names}.`, experiments);
}

async function offerUndo(message: string, experiments: readonly ChosenExperiment[]): Promise<void> {
  if ((await window.showInformationMessage(message, 'Undo')) !== 'Undo') return;
  for (const { connection, experiment } of experiments) {
    await connection.tracking.restoreExperiment(experiment.experimentId);
  }
}
