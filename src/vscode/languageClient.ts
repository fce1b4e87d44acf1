import type { ExtensionContext, LogOutputChannel } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

/** Starts the MLproject language server as a process of its own. Loading this module costs some 40 ms. */
export async function startLanguageClient(context: ExtensionContext, log: LogOutputChannel): Promise<void> {
  const module = context.asAbsolutePath('dist/languageServer.js');
  const client = new LanguageClient(
    'mlproject',
    'MLproject Language Server',
    {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
    },
    { documentSelector: [{ language: 'mlproject' }], outputChannel: log },
  );
  context.subscriptions.push(client);
  await client.start();
}
