import { window } from 'vscode';
import { type ChosenRun, chosenRuns } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Moves runs to MLflow's deleted stage, from which they can be brought back. */
export async function deleteRun(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const runs = await chosenRuns(context, target, selection, 'Delete Run');
  if (runs.length === 0) return;
  const names = runs.length === 1 ? `run '${runs[0]?.run.info.runName}'` : `${runs.length} runs`;
  const question = `Delete ${names}?`;
  const detail = 'Deleted runs stay in the store and can be restored.';
  if ((await window.showWarningMessage(question, { modal: true, detail }, 'Delete')) !== 'Delete') return;
  for (const { connection, run } of runs) await connection.tracking.deleteRun(run.info.runId);
  void offerUndo(`Deleted ${names}.`, runs);
}

async function offerUndo(message: string, runs: readonly ChosenRun[]): Promise<void> {
  if ((await window.showInformationMessage(message, 'Undo')) !== 'Undo') return;
  for (const { connection, run } of runs) await connection.tracking.restoreRun(run.info.runId);
}
