import { type Connection, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { LanguageService } from './service.ts';

/** After the last key that was pressed (ms). */
const DIAGNOSTICS_DELAY = 50;

/** Answers LSP requests by the language service. */
export function serve(connection: Connection, service: LanguageService): void {
  const documents = new TextDocuments(TextDocument);
  const waiting = new Map<string, NodeJS.Timeout>();

  connection.onInitialize(() => ({
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      completionProvider: { triggerCharacters: ['{', ':', ' '] },
      hoverProvider: true,
      documentSymbolProvider: true,
    },
    serverInfo: { name: 'mlproject' },
  }));

  documents.onDidChangeContent(({ document: { uri } }) => {
    clearTimeout(waiting.get(uri));
    waiting.set(
      uri,
      setTimeout(() => {
        waiting.delete(uri);
        const document = documents.get(uri);
        if (!document) return;
        const { version } = document;
        void connection.sendDiagnostics({ uri, version, diagnostics: service.diagnose(document) });
      }, DIAGNOSTICS_DELAY),
    );
  });
  documents.onDidClose(({ document: { uri } }) => {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  connection.onCompletion(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    return document ? service.complete(document, document.offsetAt(position)) : [];
  });
  connection.onHover(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    return document && service.hover(document, document.offsetAt(position));
  });
  connection.onDocumentSymbol(({ textDocument }) => {
    const document = documents.get(textDocument.uri);
    return document ? service.documentSymbols(document) : [];
  });

  documents.listen(connection);
  connection.listen();
}
