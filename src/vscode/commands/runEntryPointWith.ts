import { chooseEntryPoint } from '../editors/entryPoints.ts';
import { showRunForm } from '../panels/runForm.ts';
import type { CommandContext } from './command.ts';

/** Opens the form that asks for the parameters of an entry point, and runs it with them. */
export async function runEntryPointWith(context: CommandContext, target: unknown, name: unknown): Promise<void> {
  const place = await chooseEntryPoint(target, name, 'Run Entry Point with Parameters');
  if (place) showRunForm(context, place);
}
