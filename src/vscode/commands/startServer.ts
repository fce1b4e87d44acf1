import { chosenServer } from './chosenServer.ts';
import type { CommandContext } from './command.ts';
import { startWithProgress } from './startWithProgress.ts';

/** Starts the tracking server of a folder, also one that does not use MLflow yet. */
export async function startServer(context: CommandContext, target: unknown): Promise<void> {
  const server = await chosenServer(context, target, 'Start Tracking Server', ['off', 'stopped', 'failed']);
  if (server) await startWithProgress(server);
}
