import { checkRunForm, defaultInput, fitInput, isRunnable } from '../../views/runForm.ts';
import { chooseEntryPoint } from '../editors/entryPoints.ts';
import { showRunForm } from '../panels/runForm.ts';
import { memoryOf, startEntryPoint, VALUE_RULES } from '../tasks/startEntryPoint.ts';
import type { CommandContext } from './command.ts';

/**
 * Runs an entry point of an MLproject file at once, with what it was run with last, else its defaults. Where a value is
 * missing or does not fit, and for a sweep, the form asks first.
 * @param target the file, where it is known
 * @param name of the entry point, where it is known
 */
export async function runEntryPoint(context: CommandContext, target: unknown, name: unknown): Promise<void> {
  const place = await chooseEntryPoint(target, name, 'Run Entry Point');
  if (!place) return;
  const lastUsed = memoryOf(context, place).lastUsed;
  const input = lastUsed ? fitInput(place.entryPoint, lastUsed) : defaultInput(place.entryPoint);
  const checked = checkRunForm(place.entryPoint, input, VALUE_RULES);
  if (isRunnable(checked) && input.swept.length === 0) await startEntryPoint(context, place, input);
  else showRunForm(context, place);
}
