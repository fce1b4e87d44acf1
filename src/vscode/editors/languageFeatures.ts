import { type Disposable, type TextDocument, workspace } from 'vscode';
import type { Services } from '../services.ts';

/** Starts the language client with the first MLproject document, or file of an environment; its module is not even loaded before. */
export function registerLanguageFeatures({ context, log }: Services): Disposable[] {
  let started = false;

  function start(document: TextDocument): void {
    const isOurs = document.languageId === 'mlproject' || document.uri.path.endsWith('/python_env.yaml');
    if (started || !isOurs) return;
    started = true;
    import('../languageClient.ts')
      .then(({ startLanguageClient }) => startLanguageClient(context, log))
      .catch((error) => log.error(`The MLproject language server did not start: ${error}`));
  }

  workspace.textDocuments.forEach(start);
  return [workspace.onDidOpenTextDocument(start)];
}
