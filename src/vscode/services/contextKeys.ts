import { commands, Disposable, workspace } from 'vscode';
import type { EmbeddedServers } from './embeddedServers.ts';
import { findProjectFiles } from './mlflowSigns.ts';

/** Keeps the facts that `when` clauses of the manifest ask for: `mlflow.serverState` and `mlflow.hasProject`. */
export function keepContextKeys(servers: EmbeddedServers): Disposable {
  const watcher = workspace.createFileSystemWatcher('**/[Mm][Ll][Pp][Rr][Oo][Jj][Ee][Cc][Tt]', false, true, false);

  function tellState(): void {
    const kinds = new Set(servers.servers().map(({ state }) => state.kind));
    const state = (['running', 'starting', 'failed'] as const).find((kind) => kinds.has(kind)) ?? 'off';
    void commands.executeCommand('setContext', 'mlflow.serverState', state);
  }

  async function tellProject(): Promise<void> {
    const found = await Promise.all((workspace.workspaceFolders ?? []).map((folder) => findProjectFiles(folder, 1)));
    await commands.executeCommand(
      'setContext',
      'mlflow.hasProject',
      found.some((files) => files.length > 0),
    );
  }

  tellState();
  void tellProject();
  return Disposable.from(
    watcher,
    servers.onDidChangeState(tellState),
    watcher.onDidCreate(tellProject),
    watcher.onDidDelete(tellProject),
    workspace.onDidChangeWorkspaceFolders(tellProject),
  );
}
