import { type QuickPickItem, window } from 'vscode';
import type { ModelVersion } from '../../entities/registeredModel.ts';
import { describe } from '../../views/tree/row.ts';
import type { Connection } from '../services/connections.ts';
import { ModelVersionNode } from '../trees/registeredModelNode.ts';
import type { CommandContext } from './command.ts';

/** A version of a registered model and the server that it lives on. */
export interface ChosenVersion {
  readonly connection: Connection;
  readonly version: ModelVersion;
}

/** The version that was clicked, else the one that the user picks. */
export async function chosenVersion(
  context: CommandContext,
  target: unknown,
  title: string,
): Promise<ChosenVersion | undefined> {
  if (target instanceof ModelVersionNode) return target;
  const versions = (await Promise.all(context.connections.all().map(newestVersions))).flat();
  if (versions.length === 0) throw new Error('There are no registered models yet.');
  const items = versions.map((chosen): QuickPickItem & { chosen: ChosenVersion } => {
    const { name, version, aliases } = chosen.version;
    return { label: `${name} v${version}`, description: describe(...aliases.map((alias) => `@${alias}`)), chosen };
  });
  return (await window.showQuickPick(items, { title }))?.chosen;
}

async function newestVersions(connection: Connection): Promise<readonly ChosenVersion[]> {
  const { items } = await connection.registry.searchModelVersions({ maxResults: 200 });
  return items.map((version) => ({ connection, version }));
}
