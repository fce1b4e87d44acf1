import type { CompletionItem, Diagnostic, DocumentSymbol, Hover } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { complete } from './completion.ts';
import { diagnose } from './diagnostics.ts';
import type { FileSystem } from './document.ts';
import { documentSymbols } from './documentSymbols.ts';
import { hover } from './hover.ts';

/** What an editor can ask about an MLproject file. Offsets are characters from the start of the document. */
export interface LanguageService {
  diagnose(document: TextDocument): Diagnostic[];
  complete(document: TextDocument, offset: number): CompletionItem[];
  hover(document: TextDocument, offset: number): Hover | undefined;
  documentSymbols(document: TextDocument): DocumentSymbol[];
}

export function createLanguageService(files: FileSystem): LanguageService {
  return Object.freeze({
    diagnose: (document: TextDocument) => diagnose(document, files),
    complete,
    hover,
    documentSymbols,
  });
}
