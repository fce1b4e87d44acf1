import { commands, type Disposable, window } from 'vscode';
import type { CommandContext } from './command.ts';
import { COMMAND_IDS, type CommandId } from './ids.ts';
import { COMMANDS } from './table.ts';

/** Registers every command; the one place where the failure of a command is told. */
export function registerCommands(context: CommandContext): Disposable[] {
  return COMMAND_IDS.map((id) =>
    commands.registerCommand(id, async (target: unknown, selection: unknown) => {
      try {
        await COMMANDS[id](context, target, selection);
      } catch (error) {
        await tell(context, id, error);
      }
    }),
  );
}

async function tell(context: CommandContext, id: CommandId, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  context.log.error(`${id}: ${error instanceof Error ? (error.stack ?? message) : message}`);
  const choice = await window.showErrorMessage(`MLflow: ${message}`, 'Show Log');
  if (choice) context.log.show();
}
