import { chosenServer } from './chosenServer.ts';
import type { CommandContext } from './command.ts';

/** Ends a tracking server, for all windows that use it. */
export async function stopServer(context: CommandContext, target: unknown): Promise<void> {
  await (await chosenServer(context, target, 'Stop Tracking Server', ['running', 'starting']))?.stop();
}
