import { chosenRuns, referenceOf } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Opens all that is known of runs, an editor each. */
export async function showRunDetails(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const runs = await chosenRuns(context, target, selection, 'Show Run Details');
  for (const chosen of runs) context.runDetails.show(referenceOf(chosen), chosen.run.info.runName);
}
