import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type TextDocumentEdit,
  TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { checkEnvironmentFile, type EnvironmentFileKind } from '../../mlproject/checkEnvironmentFile.ts';
import type { Problem } from '../../mlproject/problems.ts';
import type { Range } from '../../mlproject/project.ts';
import { problemsOf } from '../diagnostics.ts';
import { type ProjectDocument, toLspRange } from '../document.ts';
import type { Fix } from './fix.ts';
import { FIXES } from './fixes.ts';
import { convertConda, generateParameters } from './refactorings.ts';
import { titleOf } from './replace.ts';

/** What can be done at a range: fixes of its problems, and refactorings. @param told the diagnostics that the editor shows there */
export function codeActions(project: ProjectDocument, range: Range, told: readonly Diagnostic[]): CodeAction[] {
  const problems = problemsOf(project).filter((problem) => overlaps(problem, range));
  const fixes = problems.flatMap((problem) =>
    fixesOf(project, problem).map((fix) => ({
      ...action(project, fix),
      kind: CodeActionKind.QuickFix,
      diagnostics: told.filter((diagnostic) => isOf(project, diagnostic, problem)),
    })),
  );
  const refactorings = [convertConda, generateParameters].flatMap((refactor) => refactor(project, range.start) ?? []);
  return [...fixes, ...refactorings.map((fix) => ({ ...action(project, fix), kind: CodeActionKind.RefactorRewrite }))];
}

/** The same for the file of an environment, where a fix is a text in place of another. */
export function environmentActions(document: TextDocument, kind: EnvironmentFileKind, range: Range): CodeAction[] {
  return checkEnvironmentFile(document.getText(), kind)
    .filter((problem) => overlaps(problem, range) && problem.replacement !== undefined)
    .map(({ code, range: place, replacement = '' }) => ({
      title: titleOf(code, replacement),
      kind: CodeActionKind.QuickFix,
      edit: { changes: { [document.uri]: [TextEdit.replace(toLspRange(document, place), replacement)] } },
      isPreferred: true,
    }));
}

function overlaps(problem: Problem, range: Range): boolean {
  return problem.range.start <= range.end && range.start <= problem.range.end;
}

function fixesOf(project: ProjectDocument, problem: Problem): Fix[] {
  return (FIXES[problem.code] ?? []).flatMap((fixer) => fixer(project, problem) ?? []);
}

function isOf({ document }: ProjectDocument, { code, range }: Diagnostic, problem: Problem): boolean {
  return code === problem.code && document.offsetAt(range.start) === problem.range.start;
}

function action(project: ProjectDocument, { title, edits, newFiles = [], isPreferred }: Fix): CodeAction {
  const edit = newFiles.length === 0 ? { changes: { [project.uri]: [...edits] } } : withFiles(project, edits, newFiles);
  return { title, edit, ...(isPreferred && { isPreferred }) };
}

function withFiles(
  { document, folder, uri }: ProjectDocument,
  edits: Fix['edits'],
  newFiles: NonNullable<Fix['newFiles']>,
): WorkspaceEdit {
  const own: TextDocumentEdit = { textDocument: { uri, version: document.version }, edits: [...edits] };
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      ...(edits.length > 0 ? [own] : []),
      ...newFiles.flatMap(({ path, text }) => {
        const file = folder?.uriOf(path);
        if (file === undefined) return [];
        return [
          { kind: 'create' as const, uri: file, options: { ignoreIfExists: true } },
          { textDocument: { uri: file, version: null }, edits: [{ range: { start, end: start }, newText: text }] },
        ];
      }),
    ],
  };
}
