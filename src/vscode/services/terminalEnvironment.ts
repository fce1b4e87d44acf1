import { type Disposable, type ExtensionContext, MarkdownString } from 'vscode';
import type { EmbeddedServers } from './embeddedServers.ts';

/** Gives the terminals and tasks of each folder the address of the folder's server. */
export function shareTrackingUri(context: ExtensionContext, servers: EmbeddedServers): Disposable {
  const collection = context.environmentVariableCollection;
  collection.persistent = false;
  collection.description = new MarkdownString(
    'Sets `MLFLOW_TRACKING_URI` (and `MLFLOW_TRACKING_TOKEN` where it needs one), so that programs record their runs with the tracking server of this folder.',
  );
  /** What the terminals of each folder were given: an address and a token. */
  const shared = new Map<string, string>();

  function update(): void {
    for (const { folder, connection } of servers.servers()) {
      const key = folder.uri.toString();
      const scoped = collection.getScoped({ workspaceFolder: folder });
      // Every write asks the user to relaunch open terminals: only real changes are written.
      const address = connection && `${connection.url} ${connection.token}`;
      if (connection && address !== undefined && shared.get(key) !== address) {
        scoped.replace('MLFLOW_TRACKING_URI', connection.url);
        if (connection.token === undefined) scoped.delete('MLFLOW_TRACKING_TOKEN');
        else scoped.replace('MLFLOW_TRACKING_TOKEN', connection.token);
        shared.set(key, address);
      } else if (!connection && shared.has(key) && isOver(servers, key)) {
        scoped.clear();
        shared.delete(key);
      }
    }
  }

  update();
  return servers.onDidChangeState(update);
}

/** A server that starts again mostly comes back at the same address. */
function isOver(servers: EmbeddedServers, key: string): boolean {
  const state = servers.servers().find(({ folder }) => folder.uri.toString() === key)?.state.kind;
  return state === 'stopped' || state === 'failed';
}
