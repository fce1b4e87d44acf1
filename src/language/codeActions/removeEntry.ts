import { TextEdit } from 'vscode-languageserver';
import { type ProjectDocument, toLspRange } from '../document.ts';
import type { Fix, Fixer } from './fix.ts';
import { blockAt, isFirstInLine } from './lines.ts';

/** Removes a key and all that belongs to it; between braces, where entries share a line, that is left to the user. */
export const removeEntry: Fixer = (project, { range }) => {
  return removeLines(project, range.start, `Remove '${project.text.slice(range.start, range.end)}'`);
};

export function removeLines({ document, text }: ProjectDocument, offset: number, title: string): Fix | undefined {
  if (!isFirstInLine(text, offset)) return undefined;
  return { title, edits: [TextEdit.del(toLspRange(document, blockAt(text, offset)))] };
}
