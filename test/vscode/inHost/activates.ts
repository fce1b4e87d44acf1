import assert from 'node:assert/strict';
import { commands, extensions, lm } from 'vscode';

/** The extension loads, and every command and tool that package.json promises is there. */
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
  const tools = new Set(lm.tools.map(({ name }) => name));
  const promisedTools: { name: string }[] = extension.packageJSON.contributes.languageModelTools;
  assert.deepEqual(
    promisedTools.map(({ name }) => name).filter((name) => !tools.has(name)),
    [],
  );
}
