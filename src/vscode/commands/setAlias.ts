import { type QuickPickItem, window } from 'vscode';
import { aliasProblem } from '../../views/registryNames.ts';
import { type ChosenVersion, chosenVersion } from './chosenVersion.ts';
import type { CommandContext } from './command.ts';

/** Points an alias to a version; one that points elsewhere moves. */
export async function setAlias(context: CommandContext, target: unknown): Promise<void> {
  const chosen = await chosenVersion(context, target, 'Set Alias');
  if (!chosen) return;
  const { connection, version } = chosen;
  const alias = await askAlias(chosen);
  if (alias === undefined) return;
  await connection.registry.setAlias(version.name, alias, version.version);
  context.registeredModels.refresh();
}

async function askAlias({ connection, version }: ChosenVersion): Promise<string | undefined> {
  const title = `Set Alias of ${version.name} v${version.version}`;
  const { aliases } = await connection.registry.getRegisteredModel(version.name);
  const elsewhere = [...aliases].filter(([, at]) => at !== version.version);
  if (elsewhere.length > 0) {
    const create: QuickPickItem = { label: '$(add) New Alias…' };
    const moves = elsewhere.map(([alias, at]): QuickPickItem => ({ label: alias, description: `moves from v${at}` }));
    const picked = await window.showQuickPick([create, ...moves], { title });
    if (picked !== create) return picked?.label;
  }
  return window.showInputBox({ title, placeHolder: 'champion', validateInput: aliasProblem });
}
