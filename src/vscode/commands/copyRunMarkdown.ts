import { env, window } from 'vscode';
import { runMarkdown, runsMarkdown } from '../../views/chat/runsMarkdown.ts';
import { chosenRuns } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Copies a run, or a table of several, as Markdown: to be pasted into a chat, an issue or a document. */
export async function copyRunMarkdown(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const runs = (await chosenRuns(context, target, selection, 'Copy as Markdown')).map(({ run }) => run);
  const [first] = runs;
  if (!first) return;
  await env.clipboard.writeText(runs.length === 1 ? runMarkdown(first) : runsMarkdown(runs));
  window.setStatusBarMessage(`$(check) ${runs.length === 1 ? 'Run' : `${runs.length} runs`} copied as Markdown`, 3_000);
}
