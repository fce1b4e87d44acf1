import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { checkEnvironmentFile, type EnvironmentFileKind } from '../mlproject/checkEnvironmentFile.ts';
import { checkProject, environmentFile } from '../mlproject/checkProject.ts';
import type { Problem, RuleCode } from '../mlproject/problems.ts';
import { applyRuleSettings, type JudgedProblem, type RuleSettings } from '../mlproject/ruleSettings.ts';
import { type ProjectDocument, toLspRange } from './document.ts';

const SEVERITIES: Record<JudgedProblem['severity'], DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Shown faded: it could be left out. */
const UNNECESSARY: readonly RuleCode[] = ['unused-parameter', 'unknown-key', 'duplicate-key'];

/** Where the description of a rule is to be found. */
export type RuleLink = (code: RuleCode) => string | undefined;

/** The problems of a file, those with other files included. */
export function problemsOf(project: ProjectDocument): readonly Problem[] {
  const { folder, problems, text } = project;
  return folder ? checkProject(text, folder, project).problems : problems;
}

export function diagnose(project: ProjectDocument, settings: RuleSettings, link: RuleLink): Diagnostic[] {
  return toDiagnostics(problemsOf(project), project.document, settings, link);
}

/** The file of a project's environment. */
export interface EnvironmentFile {
  readonly uri: string;
  readonly kind: EnvironmentFileKind;
  /** On disk. */
  readonly text: string;
}

/** The file that the project's environment is made of: it can be wrong, too. */
export function environmentOf({ folder, project }: ProjectDocument): EnvironmentFile | undefined {
  if (!folder) return undefined;
  const file = environmentFile(project, folder);
  const text = file && folder.read(file.path);
  return file && text !== undefined ? { uri: folder.uriOf(file.path), kind: file.kind, text } : undefined;
}

export function diagnoseEnvironment(
  document: TextDocument,
  kind: EnvironmentFileKind,
  settings: RuleSettings,
  link: RuleLink,
): Diagnostic[] {
  return toDiagnostics(checkEnvironmentFile(document.getText(), kind), document, settings, link);
}

function toDiagnostics(
  problems: readonly Problem[],
  document: TextDocument,
  settings: RuleSettings,
  link: RuleLink,
): Diagnostic[] {
  return applyRuleSettings(problems, settings).map(({ code, severity, message, range }) => {
    const href = link(code);
    return {
      range: toLspRange(document, range),
      severity: SEVERITIES[severity],
      code,
      ...(href !== undefined && { codeDescription: { href } }),
      source: 'mlproject',
      message,
      ...(UNNECESSARY.includes(code) && { tags: [DiagnosticTag.Unnecessary] }),
    };
  });
}
