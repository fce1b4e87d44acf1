import { window } from 'vscode';
import { chosenRuns } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Brings deleted runs back. */
export async function restoreRun(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const runs = await chosenRuns(context, target, selection, 'Restore Run');
  for (const { connection, run } of runs) await connection.tracking.restoreRun(run.info.runId);
  const [first] = runs;
  if (!first) return;
  const names = runs.length === 1 ? `run '${first.run.info.runName}'` : `${runs.length} runs`;
  window.setStatusBarMessage(`$(check) Restored ${names}`, 3_000);
}
