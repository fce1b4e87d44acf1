import {
  type ClientCapabilities,
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentFormattingRequest,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isProjectFileName } from '../mlproject/project.ts';
import { readRuleSettings } from '../mlproject/ruleSettings.ts';
import { publisher } from './publisher.ts';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from './semanticTokens.ts';
import type { LanguageService } from './service.ts';

/** The setting that gives rules another severity. */
const SECTION = 'mlflow.mlproject.rules';
/** Files that projects name: when one comes, changes or goes, problems do. */
const WATCHED = '**/*.{py,sh,yaml,yml}';
const LEGEND = { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] };

/** Whether a document is the project itself; else it is the `python_env.yaml` of one. */
function isProject({ uri, languageId }: TextDocument): boolean {
  return languageId === 'mlproject' || isProjectFileName(uri.slice(uri.lastIndexOf('/') + 1));
}

/** Answers LSP requests by the language service. */
export function serve(connection: Connection, service: LanguageService): void {
  const documents = new TextDocuments(TextDocument);
  const diagnostics = publisher(connection, service, documents, isProject);
  let client: ClientCapabilities = {};

  connection.onInitialize(({ capabilities }) => {
    client = capabilities;
    const registersFormatting = client.textDocument?.formatting?.dynamicRegistration === true;
    return {
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        completionProvider: { triggerCharacters: ['{', ':', ' ', '-', '/'] },
        hoverProvider: true,
        documentSymbolProvider: true,
        foldingRangeProvider: true,
        selectionRangeProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        renameProvider: { prepareProvider: true },
        documentLinkProvider: {},
        semanticTokensProvider: { legend: LEGEND, full: true },
        inlayHintProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] },
        ...(!registersFormatting && { documentFormattingProvider: true }),
      },
      serverInfo: { name: 'mlproject' },
    };
  });
  connection.onInitialized(async () => {
    const { workspace, textDocument } = client;
    if (textDocument?.formatting?.dynamicRegistration) {
      // Of MLproject files alone: other YAML files have formatters of their own.
      const documentSelector = [{ language: 'mlproject' }];
      await connection.client.register(DocumentFormattingRequest.type, { documentSelector });
    }
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      const watchers = [{ globPattern: WATCHED }];
      await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
    if (workspace?.didChangeConfiguration?.dynamicRegistration) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
    }
    await readConfiguration();
  });

  async function readConfiguration(): Promise<void> {
    const configuration = client.workspace?.configuration
      ? await connection.workspace.getConfiguration(SECTION)
      : undefined;
    diagnostics.use(readRuleSettings(configuration));
  }
  connection.onDidChangeConfiguration(readConfiguration);
  connection.onDidChangeWatchedFiles(() => diagnostics.publishAll());

  /** Asks about a project; other documents have nothing to tell. */
  function ask<P extends { textDocument: { uri: string } }, R>(
    answer: (document: TextDocument, params: P) => R,
    none: R,
  ): (params: P) => R {
    return (params) => {
      const document = documents.get(params.textDocument.uri);
      return document && isProject(document) ? answer(document, params) : none;
    };
  }

  connection.onCompletion(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    if (!document) return [];
    const offset = document.offsetAt(position);
    return isProject(document) ? service.complete(document, offset) : service.completePythonEnv(document, offset);
  });
  connection.onCodeAction(({ textDocument, range, context }) => {
    const document = documents.get(textDocument.uri);
    if (!document) return [];
    const place = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    return isProject(document)
      ? service.codeActions(document, place, context.diagnostics)
      : service.environmentActions(document, 'python_env', place);
  });
  connection.onHover(ask((document, { position }) => service.hover(document, document.offsetAt(position)), undefined));
  connection.onDocumentSymbol(ask((document) => service.documentSymbols(document), []));
  connection.onFoldingRanges(ask((document) => service.foldingRanges(document), []));
  connection.onSelectionRanges(
    ask((document, { positions }) => {
      return positions.map((position) => service.selectionRange(document, document.offsetAt(position)));
    }, []),
  );
  connection.onDefinition(
    ask((document, { position }) => service.definition(document, document.offsetAt(position)), []),
  );
  connection.onReferences(
    ask((document, { position, context }) => {
      return service.references(document, document.offsetAt(position), context.includeDeclaration);
    }, []),
  );
  connection.onDocumentHighlight(
    ask((document, { position }) => service.documentHighlights(document, document.offsetAt(position)), []),
  );
  connection.onPrepareRename(
    ask((document, { position }) => service.prepareRename(document, document.offsetAt(position)), undefined),
  );
  connection.onRenameRequest(
    ask((document, { position, newName }) => service.rename(document, document.offsetAt(position), newName), undefined),
  );
  connection.onDocumentLinks(ask((document) => service.documentLinks(document), []));
  connection.onDocumentFormatting(ask((document, { options }) => service.format(document, options), []));
  connection.languages.semanticTokens.on(ask((document) => service.semanticTokens(document), { data: [] }));
  connection.languages.inlayHint.on(ask((document, { range }) => service.inlayHints(document, range), []));

  documents.listen(connection);
  connection.listen();
}
