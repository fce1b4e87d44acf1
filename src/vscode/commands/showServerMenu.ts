import { commands, env, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { EmbeddedServer } from '../services/embeddedServer.ts';
import { chosenServer } from './chosenServer.ts';
import type { CommandContext } from './command.ts';
import { startWithProgress } from './startWithProgress.ts';

interface MenuItem extends QuickPickItem {
  run?(): unknown;
}

/** What can be done with a tracking server: the menu behind the status bar. */
export async function showServerMenu(context: CommandContext): Promise<void> {
  const any = ['off', 'stopped', 'starting', 'running', 'failed'] as const;
  const server = await chosenServer(context, undefined, 'Tracking Server', any);
  if (!server) return;
  const items = [
    ...(server.connection ? running(server, server.connection.url) : notRunning(server)),
    ...always(context),
  ];
  const picked = await window.showQuickPick<MenuItem>(items, {
    title: `MLflow Tracking Server of ${server.folder.name}`,
    placeHolder: server.connection?.url ?? `The server is ${server.state.kind}.`,
  });
  await picked?.run?.();
}

function running(server: EmbeddedServer, url: string): MenuItem[] {
  const snippet = `import mlflow\n\nmlflow.set_tracking_uri("${url}")\n`;
  return [
    {
      label: '$(link) Copy Tracking URI',
      description: url,
      run: () => env.clipboard.writeText(url),
    },
    {
      label: '$(code) Copy Python Snippet',
      description: 'for programs outside VS Code',
      run: () => env.clipboard.writeText(snippet),
    },
    { label: '', kind: QuickPickItemKind.Separator },
    { label: '$(debug-restart) Restart', run: () => server.restart() },
    { label: '$(debug-stop) Stop', run: () => server.stop() },
  ];
}

function notRunning(server: EmbeddedServer): MenuItem[] {
  const description = server.state.kind === 'failed' ? (server.state.message.split('\n')[0] ?? '') : '';
  return [{ label: '$(play) Start', description, run: () => startWithProgress(server) }];
}

function always(context: CommandContext): MenuItem[] {
  return [
    { label: '', kind: QuickPickItemKind.Separator },
    { label: '$(output) Show Log', run: () => context.log.show() },
    {
      label: '$(beaker) Show Experiments',
      run: () => commands.executeCommand('mlflow.experiments.focus'),
    },
  ];
}
