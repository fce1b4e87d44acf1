import { env } from 'vscode';
import { chosenRuns } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Copies the ids of runs, one a line. */
export async function copyRunId(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const runs = await chosenRuns(context, target, selection, 'Copy Run ID');
  if (runs.length > 0) await env.clipboard.writeText(runs.map(({ run }) => run.info.runId).join('\n'));
}
