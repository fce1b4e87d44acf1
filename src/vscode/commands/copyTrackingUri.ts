import { env } from 'vscode';
import { chosenServer } from './chosenServer.ts';
import type { CommandContext } from './command.ts';

/** Copies what `mlflow.set_tracking_uri` takes. */
export async function copyTrackingUri(context: CommandContext, target: unknown): Promise<void> {
  const server = await chosenServer(context, target, 'Copy Tracking URI', ['running']);
  if (server?.connection) await env.clipboard.writeText(server.connection.url);
}
