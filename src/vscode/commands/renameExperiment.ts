import { window } from 'vscode';
import { chosenExperiment } from './chosenExperiment.ts';
import type { CommandContext } from './command.ts';

/** Gives an experiment another name. */
export async function renameExperiment(context: CommandContext, target: unknown): Promise<void> {
  const chosen = await chosenExperiment(context, target, 'Rename Experiment');
  if (!chosen) return;
  const { experimentId, name: before } = chosen.experiment;
  const name = await window.showInputBox({
    title: 'Rename Experiment',
    value: before,
    validateInput: (text) => (text.trim() === '' ? 'Enter a name.' : undefined),
  });
  if (name !== undefined && name !== before) await chosen.connection.tracking.renameExperiment(experimentId, name);
}
