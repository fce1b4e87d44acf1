import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';

/** The extension loads, and every command that package.json promises is there. */
export async function activates(): Promise<void> {
  const extension = extensions.getExtension('mlflow-workbench.mlflow-workbench');
  assert(extension, 'the extension is not installed');
  await extension.activate();
  const registered = new Set(await commands.getCommands(true));
  const promised: { command: string }[] = extension.packageJSON.contributes.commands;
  assert.deepEqual(
    promised.map(({ command }) => command).filter((command) => !registered.has(command)),
    [],
  );
}
