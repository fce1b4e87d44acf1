import { type TextDocument, workspace } from 'vscode';

/** The other Python cells of a cell's notebook: what it needs may be imported there. Empty for a file. */
export function textBefore(document: TextDocument): string {
  const notebook = workspace.notebookDocuments.find((it) => it.getCells().some((cell) => cell.document === document));
  const cells = notebook?.getCells() ?? [];
  return cells
    .map((cell) => cell.document)
    .filter((other) => other.languageId === 'python' && other !== document)
    .map((other) => other.getText())
    .join('\n');
}
