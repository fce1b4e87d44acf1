import { window } from 'vscode';
import { ExperimentNode } from '../trees/experimentNode.ts';
import { clickedNodes } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Brings deleted experiments back, with all of their runs. */
export async function restoreExperiment(_context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const nodes = clickedNodes(target, selection).filter((node) => node instanceof ExperimentNode);
  const deleted = nodes.filter(({ isDeleted }) => isDeleted);
  for (const { connection, experiment } of deleted) {
    await connection.tracking.restoreExperiment(experiment.experimentId);
  }
  const names = deleted.map(({ experiment }) => `'${experiment.name}'`).join(', ');
  window.setStatusBarMessage(`$(check) Restored ${names}`, 3_000);
}
