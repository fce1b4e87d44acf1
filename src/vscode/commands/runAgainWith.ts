import { showRunForm } from '../panels/runForm.ts';
import { chosenProjectRun } from './chosenProjectRun.ts';
import type { CommandContext } from './command.ts';

/** Opens the form of a run's entry point, filled with the parameters of the run. */
export async function runAgainWith(context: CommandContext, target: unknown): Promise<void> {
  const chosen = await chosenProjectRun(context, target, 'Run Again with Other Parameters');
  if (chosen) showRunForm(context, chosen.place, { input: chosen.input });
}
