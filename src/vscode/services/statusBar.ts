import { type Disposable, MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import { type ServerSummary, serverStatus } from '../../views/serverStatus.ts';
import type { CommandId } from '../commands/ids.ts';
import type { EmbeddedServer } from './embeddedServer.ts';
import type { EmbeddedServers } from './embeddedServers.ts';

/** The one item of the status bar: where the servers listen and how they are. */
export function showStatus(servers: EmbeddedServers): Disposable[] {
  const item = window.createStatusBarItem('mlflow.server', StatusBarAlignment.Left, 0);
  item.name = 'MLflow Tracking Server';
  item.command = 'mlflow.server.menu' satisfies CommandId;

  function update(): void {
    const status = serverStatus(servers.servers().map(summarize));
    if (!status) {
      item.hide();
      return;
    }
    item.text = status.text;
    item.tooltip = new MarkdownString(status.tooltip);
    item.accessibilityInformation = { label: status.accessibleLabel };
    item.backgroundColor = status.isWarning ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    item.show();
  }

  update();
  return [item, servers.onDidChangeState(update)];
}

export function summarize({ folder, state, connection, watching }: EmbeddedServer): ServerSummary {
  return {
    folder: folder.name,
    kind: state.kind,
    url: connection?.url,
    message: state.kind === 'failed' ? state.message : undefined,
    watching,
  };
}
