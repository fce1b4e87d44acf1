import { type CompletionItem, CompletionItemKind, InsertTextFormat } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { contextAt } from '../context.ts';

const KEYS: Readonly<Record<string, { readonly detail: string; readonly text: string }>> = {
  python: { detail: 'the version of Python, in quotes', text: 'python: "${1:3.11}"' },
  build_dependencies: { detail: 'what pip installs first', text: 'build_dependencies:\n  - ${1:pip}' },
  dependencies: { detail: 'requirements of pip', text: 'dependencies:\n  - ${1:mlflow}' },
};

/** The keys of `python_env.yaml` that are not there yet. */
export function completePythonEnv(document: TextDocument, offset: number): CompletionItem[] {
  const text = document.getText();
  const { path, kind } = contextAt(text, offset);
  if (kind !== 'key' || path.length > 0) return [];
  return Object.entries(KEYS)
    .filter(([key]) => !new RegExp(`^${key}\\s*:`, 'm').test(text))
    .map(([key, { detail, text: insertText }]) => ({
      label: key,
      detail,
      kind: CompletionItemKind.Property,
      insertText,
      insertTextFormat: InsertTextFormat.Snippet,
    }));
}
