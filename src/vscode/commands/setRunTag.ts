import { window } from 'vscode';
import { chosenRuns } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Gives runs a tag, in place of one with the same key. */
export async function setRunTag(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const runs = await chosenRuns(context, target, selection, 'Set Tag');
  if (runs.length === 0) return;
  const title = runs.length === 1 ? `Set Tag of ${runs[0]?.run.info.runName}` : `Set Tag of ${runs.length} Runs`;
  const key = await window.showInputBox({
    title: `${title} (1/2)`,
    prompt: 'Key',
    validateInput: (text) => (text.trim() === '' ? 'Enter a key.' : undefined),
  });
  if (key === undefined) return;
  const value = await window.showInputBox({
    title: `${title} (2/2)`,
    prompt: `Value of ${key}`,
    value: runs[0]?.run.data.tags.get(key.trim()) ?? '',
  });
  if (value === undefined) return;
  for (const { connection, run } of runs) {
    await connection.tracking.logBatch(run.info.runId, { tags: [{ key: key.trim(), value }] });
  }
}
