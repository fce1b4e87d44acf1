import type { Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { RuleSettings } from '../mlproject/ruleSettings.ts';
import type { LanguageService } from './service.ts';

/** After the last key that was pressed (ms). */
const DELAY = 30;

export interface Publisher {
  use(settings: RuleSettings): void;
  publishAll(): void;
}

/** Tells the editor what is wrong with the documents that it has open, and with the files of their environments. */
export function publisher(
  connection: Connection,
  service: LanguageService,
  documents: TextDocuments<TextDocument>,
  isProject: (document: TextDocument) => boolean,
): Publisher {
  const waiting = new Map<string, NodeJS.Timeout>();
  /** URI of a project → URI of its environment's file, where something was told about that. */
  const environments = new Map<string, string>();
  let settings: RuleSettings = {};

  function publish(document: TextDocument): void {
    const { uri, version } = document;
    const diagnostics = isProject(document)
      ? service.diagnose(document, settings)
      : service.diagnoseEnvironment(document, 'python_env', settings);
    void connection.sendDiagnostics({ uri, version, diagnostics });
    if (isProject(document)) publishEnvironment(document);
  }

  function publishEnvironment(project: TextDocument): void {
    const environment = service.environmentOf(project);
    const before = environments.get(project.uri);
    if (before !== undefined && before !== environment?.uri) clear(project.uri, before);
    // The editor's own text goes before that on disk.
    if (!environment || documents.get(environment.uri)) return;
    const { uri, kind, text } = environment;
    environments.set(project.uri, uri);
    const diagnostics = service.diagnoseEnvironment(TextDocument.create(uri, 'yaml', 0, text), kind, settings);
    void connection.sendDiagnostics({ uri, diagnostics });
  }

  function clear(project: string, environment: string): void {
    environments.delete(project);
    if (!documents.get(environment)) void connection.sendDiagnostics({ uri: environment, diagnostics: [] });
  }

  function publishAll(): void {
    documents.all().forEach(publish);
  }

  documents.onDidChangeContent(({ document: { uri } }) => {
    clearTimeout(waiting.get(uri));
    const later = () => {
      waiting.delete(uri);
      const document = documents.get(uri);
      if (document) publish(document);
    };
    waiting.set(uri, setTimeout(later, DELAY));
  });
  documents.onDidClose(({ document: { uri } }) => {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
    const environment = environments.get(uri);
    if (environment !== undefined) clear(uri, environment);
    else publishAll();
  });

  return {
    use(changed) {
      settings = changed;
      publishAll();
    },
    publishAll,
  };
}
