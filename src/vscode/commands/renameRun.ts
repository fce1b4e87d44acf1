import { window } from 'vscode';
import { chosenRuns } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Gives a run another name. */
export async function renameRun(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const [chosen] = await chosenRuns(context, target, selection, 'Rename Run');
  if (!chosen) return;
  const { runId, runName } = chosen.run.info;
  const name = await window.showInputBox({
    title: 'Rename Run',
    value: runName,
    validateInput: (text) => (text.trim() === '' ? 'Enter a name.' : undefined),
  });
  if (name !== undefined && name !== runName) await chosen.connection.tracking.updateRun(runId, { runName: name });
}
