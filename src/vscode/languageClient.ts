import { type ExtensionContext, type LogOutputChannel, type WorkspaceEdit, workspace } from 'vscode';
import { LanguageClient, type Middleware, TransportKind } from 'vscode-languageclient/node';

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
    {
      documentSelector: [
        { language: 'mlproject' },
        { scheme: 'file', language: 'yaml', pattern: '**/python_env.yaml' },
      ],
      outputChannel: log,
      middleware: { provideRenameEdits },
    },
  );
  context.subscriptions.push(client);
  await client.start();
}

/** A rename goes into scripts as they are on disk: what is not saved yet is saved first, and asked about again. */
const provideRenameEdits: NonNullable<Middleware['provideRenameEdits']> = async (
  document,
  position,
  name,
  token,
  next,
) => {
  const edit = await next(document, position, name, token);
  const unsaved = edit ? unsavedFiles(edit) : [];
  if (unsaved.length === 0) return edit;
  await Promise.all(unsaved.map((file) => file.save()));
  return next(document, position, name, token);
};

function unsavedFiles(edit: WorkspaceEdit) {
  const changed = new Set(edit.entries().map(([uri]) => uri.toString()));
  return workspace.textDocuments.filter(
    ({ isDirty, languageId, uri }) => isDirty && languageId === 'python' && changed.has(uri.toString()),
  );
}
