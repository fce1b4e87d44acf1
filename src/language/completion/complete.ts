import type { CompletionItem } from 'vscode-languageserver';
import { contextAt } from '../context.ts';
import type { ProjectDocument } from '../document.ts';
import { completeCommand } from './completeCommand.ts';
import { completeFiles } from './completeFiles.ts';
import { completeKeys } from './completeKeys.ts';
import { completeValues } from './completeValues.ts';

/** What can stand at an offset. */
export function complete(project: ProjectDocument, offset: number): CompletionItem[] {
  const { path, kind, typed } = contextAt(project.text, offset);
  if (path.includes('command')) return completeCommand(project, offset);
  if (kind === 'key') return completeKeys(project, path, offset);
  return [...completeValues(path), ...completeFiles(project, path, typed, offset)];
}
