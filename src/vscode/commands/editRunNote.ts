import { chosenRuns, referenceOf } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Opens the details of a run with its description, MLflow's note, ready to be edited: it is Markdown of many lines. */
export async function editRunNote(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const [chosen] = await chosenRuns(context, target, selection, 'Edit Description');
  if (chosen) context.runDetails.editNote(referenceOf(chosen), chosen.run.info.runName);
}
