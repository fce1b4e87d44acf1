import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { parseProject } from '../mlproject/parseProject.ts';
import { type Problem, RULES, type Severity } from '../mlproject/problems.ts';
import type { Project } from '../mlproject/project.ts';
import { type FileSystem, toLspRange } from './document.ts';

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** The problems of a file, those with other files included. */
export function diagnose(document: TextDocument, files: FileSystem): Diagnostic[] {
  const { project, problems } = parseProject(document.getText());
  return [...problems, ...missingFiles(project, document.uri, files)].map(({ code, severity, message, range }) => ({
    range: toLspRange(document, range),
    severity: SEVERITIES[severity],
    code,
    source: 'mlproject',
    message,
  }));
}

function missingFiles({ environment }: Project, uri: string, files: FileSystem): Problem[] {
  const path = environment?.path;
  if (!environment || !path || files.exists(uri, path.value)) return [];
  const code = 'environment-file-missing';
  const message = `There is no file '${path.value}' beside this one, and MLflow fails.`;
  return [{ code, severity: RULES[code], message, range: path.range }];
}
