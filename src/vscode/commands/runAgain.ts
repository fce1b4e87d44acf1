import { checkRunForm, isRunnable } from '../../views/runForm.ts';
import { showRunForm } from '../panels/runForm.ts';
import { startEntryPoint, VALUE_RULES } from '../tasks/startEntryPoint.ts';
import { chosenProjectRun } from './chosenProjectRun.ts';
import type { CommandContext } from './command.ts';

/** Runs the entry point of a run again, with the same parameters, as the project is now. A sweep is asked about first. */
export async function runAgain(context: CommandContext, target: unknown): Promise<void> {
  const chosen = await chosenProjectRun(context, target, 'Run Again');
  if (!chosen) return;
  const { place, input } = chosen;
  const isAsked = input.swept.length > 0 || !isRunnable(checkRunForm(place.entryPoint, input, VALUE_RULES));
  if (isAsked) showRunForm(context, place, { input });
  else await startEntryPoint(context, place, input);
}
