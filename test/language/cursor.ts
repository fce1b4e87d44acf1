import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileSystem } from '../../src/language/document.ts';

/** A document and an offset, from a text in which `|` marks the cursor. */
export function atCursor(marked: string): { document: TextDocument; offset: number } {
  const offset = marked.indexOf('|');
  return { document: documentOf(marked.replace('|', '')), offset };
}

export function documentOf(text: string): TextDocument {
  return TextDocument.create('file:///project/MLproject', 'mlproject', 1, text);
}

/** A folder with these files. */
export function folderWith(...files: readonly string[]): FileSystem {
  return { exists: (_, path) => files.includes(path) };
}
