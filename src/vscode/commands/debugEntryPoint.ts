import { workspace } from 'vscode';
import { debugTarget } from '../../runner/debug/debugTarget.ts';
import { checkRunForm, defaultInput, fitInput, isRunnable } from '../../views/runForm.ts';
import { chooseEntryPoint } from '../editors/entryPoints.ts';
import { showRunForm } from '../panels/runForm.ts';
import { pythonDebugger } from '../services/pythonDebugger.ts';
import { debugWith } from '../tasks/debugWith.ts';
import { memoryOf, VALUE_RULES } from '../tasks/startEntryPoint.ts';
import type { CommandContext } from './command.ts';

/**
 * Debugs an entry point that is one Python program, with the values that it was run with last, else its defaults; the form
 * asks where one is missing.
 */
export async function debugEntryPoint(context: CommandContext, target: unknown, name: unknown): Promise<void> {
  if (!workspace.isTrusted) throw new Error('Entry points are not run in Restricted Mode.');
  const place = await chooseEntryPoint(target, name, 'Debug Entry Point');
  if (!place) return;
  if (!pythonDebugger()) {
    throw new Error('Install the extension Python Debugger (ms-python.debugpy) to debug entry points.');
  }
  const { entryPoint } = place;
  const command = debugTarget(entryPoint.command?.text ?? '');
  if ('reason' in command) throw new Error(command.reason);
  const lastUsed = memoryOf(context, place).lastUsed;
  const input = { ...(lastUsed ? fitInput(entryPoint, lastUsed) : defaultInput(entryPoint)), runName: '' };
  const isClear = input.swept.length === 0 && isRunnable(checkRunForm(entryPoint, input, VALUE_RULES));
  if (isClear) await debugWith(context, place, input);
  else showRunForm(context, place, { purpose: 'debug' });
}
