import { window } from 'vscode';
import { chosenServer } from './chosenServer.ts';
import type { CommandContext } from './command.ts';

/** Ends a tracking server and starts it again. */
export async function restartServer(context: CommandContext, target: unknown): Promise<void> {
  const server = await chosenServer(context, target, 'Restart Tracking Server', ['running', 'failed']);
  if (server) await window.withProgress({ location: { viewId: 'mlflow.experiments' } }, () => server.restart());
}
