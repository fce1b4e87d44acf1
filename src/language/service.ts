import type {
  CodeAction,
  CompletionItem,
  Diagnostic,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  FormattingOptions,
  Hover,
  InlayHint,
  Location,
  LocationLink,
  Range as LspRange,
  SelectionRange,
  SemanticTokens,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { EnvironmentFileKind } from '../mlproject/checkEnvironmentFile.ts';
import type { Range } from '../mlproject/project.ts';
import type { RuleSettings } from '../mlproject/ruleSettings.ts';
import { codeActions, environmentActions } from './codeActions/codeActions.ts';
import { complete } from './completion/complete.ts';
import { completePythonEnv } from './completion/completePythonEnv.ts';
import { definition } from './definition.ts';
import { diagnose, diagnoseEnvironment, type EnvironmentFile, environmentOf, type RuleLink } from './diagnostics.ts';
import { documentReader, type FileSystem } from './document.ts';
import { documentLinks } from './documentLinks.ts';
import { documentSymbols } from './documentSymbols.ts';
import { foldingRanges } from './foldingRanges.ts';
import { format } from './formatting.ts';
import { hover } from './hover.ts';
import { inlayHints } from './inlayHints.ts';
import { documentHighlights, references } from './references.ts';
import { prepareRename, type RenameTarget, rename } from './rename.ts';
import { selectionRange } from './selectionRanges.ts';
import { semanticTokens } from './semanticTokens.ts';

/** What an editor can ask about an MLproject file. Offsets are characters from the start of the document. */
export interface LanguageService {
  diagnose(document: TextDocument, settings: RuleSettings): Diagnostic[];
  complete(document: TextDocument, offset: number): CompletionItem[];
  hover(document: TextDocument, offset: number): Hover | undefined;
  documentSymbols(document: TextDocument): DocumentSymbol[];
  foldingRanges(document: TextDocument): FoldingRange[];
  selectionRange(document: TextDocument, offset: number): SelectionRange;
  definition(document: TextDocument, offset: number): LocationLink[];
  references(document: TextDocument, offset: number, includeDeclaration: boolean): Location[];
  documentHighlights(document: TextDocument, offset: number): DocumentHighlight[];
  prepareRename(document: TextDocument, offset: number): RenameTarget | undefined;
  /** @throws a ResponseError for a name that cannot be one */
  rename(document: TextDocument, offset: number, newName: string): WorkspaceEdit | undefined;
  documentLinks(document: TextDocument): DocumentLink[];
  semanticTokens(document: TextDocument): SemanticTokens;
  inlayHints(document: TextDocument, visible: LspRange): InlayHint[];
  codeActions(document: TextDocument, range: Range, told: readonly Diagnostic[]): CodeAction[];
  format(document: TextDocument, options: FormattingOptions): TextEdit[];
  /** The file of the project's environment. */
  environmentOf(document: TextDocument): EnvironmentFile | undefined;
  diagnoseEnvironment(document: TextDocument, kind: EnvironmentFileKind, settings: RuleSettings): Diagnostic[];
  completePythonEnv(document: TextDocument, offset: number): CompletionItem[];
  environmentActions(document: TextDocument, kind: EnvironmentFileKind, range: Range): CodeAction[];
}

/** @param link where the rules are described */
export function createLanguageService(files: FileSystem, link: RuleLink = () => undefined): LanguageService {
  const read = documentReader(files);
  return Object.freeze<LanguageService>({
    diagnose: (document, settings) => diagnose(read(document), settings, link),
    complete: (document, offset) => complete(read(document), offset),
    hover: (document, offset) => hover(read(document), offset),
    documentSymbols: (document) => documentSymbols(read(document)),
    foldingRanges: (document) => foldingRanges(read(document)),
    selectionRange: (document, offset) => selectionRange(read(document), offset),
    definition: (document, offset) => definition(read(document), offset),
    references: (document, offset, includeDeclaration) => references(read(document), offset, includeDeclaration),
    documentHighlights: (document, offset) => documentHighlights(read(document), offset),
    prepareRename: (document, offset) => prepareRename(read(document), offset),
    rename: (document, offset, newName) => rename(read(document), offset, newName),
    documentLinks: (document) => documentLinks(read(document)),
    semanticTokens: (document) => semanticTokens(read(document)),
    inlayHints: (document, visible) => inlayHints(read(document), visible),
    codeActions: (document, range, told) => codeActions(read(document), range, told),
    format: (document, options) => format(read(document), options),
    environmentOf: (document) => environmentOf(read(document)),
    diagnoseEnvironment: (document, kind, settings) => diagnoseEnvironment(document, kind, settings, link),
    completePythonEnv,
    environmentActions,
  });
}
