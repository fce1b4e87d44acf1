import { type QuickPickItem, window } from 'vscode';
import type { EmbeddedServer, ServerState } from '../services/embeddedServer.ts';
import { summarize } from '../services/statusBar.ts';
import { ServerNode } from '../trees/serverNode.ts';
import { StoreNode } from '../trees/storeNode.ts';
import type { CommandContext } from './command.ts';

/**
 * The server that a command is about: that of the clicked row, else the only one in one of these states, else the one
 * that the user picks.
 */
export async function chosenServer(
  { servers }: CommandContext,
  target: unknown,
  title: string,
  states: readonly ServerState['kind'][],
): Promise<EmbeddedServer | undefined> {
  if (target instanceof ServerNode) return target.server;
  if (target instanceof StoreNode) return servers.behind(target.connection);
  const possible = servers.servers().filter(({ state }) => states.includes(state.kind));
  if (possible.length === 0) throw new Error(nothingToChoose(servers.servers().length));
  if (possible.length === 1) return possible[0];
  const items = possible.map((server): QuickPickItem & { server: EmbeddedServer } => {
    const { folder, kind, url } = summarize(server);
    return { label: folder, description: url ?? kind, server };
  });
  return (await window.showQuickPick(items, { title }))?.server;
}

function nothingToChoose(folders: number): string {
  return folders === 0
    ? 'Open a folder on disk: the tracking server keeps its runs there.'
    : 'No tracking server is in a state for this.';
}
