import { TextEdit } from 'vscode-languageserver';
import type { EntryPoint } from '../../mlproject/project.ts';
import type { ProjectDocument } from '../document.ts';
import { indentAt, isFirstInLine, lineEnd, lineStart } from './lines.ts';

/** Declares parameters of an entry point, in the style in which it is written. @param declarations such as `alpha: float` */
export function insertParameters(
  { document, text }: ProjectDocument,
  entryPoint: EntryPoint,
  declarations: readonly string[],
): TextEdit[] {
  const insert = (offset: number, newText: string) => [TextEdit.insert(document.positionAt(offset), newText)];
  const { parametersRange, parameters, command, nameRange } = entryPoint;
  const last = parameters.at(-1);
  if (parametersRange && text[parametersRange.start] === '{') {
    const close = text.lastIndexOf('}', parametersRange.end - 1);
    const end = text.slice(0, close).trimEnd().length;
    return insert(end, `${last ? ', ' : ''}${declarations.join(', ')}`);
  }
  if (last) {
    const indent = indentAt(text, last.nameRange.start);
    const end = lineEnd(text, Math.max(last.nameRange.end, last.range.end - 1));
    const isOpen = text[end - 1] !== '\n';
    const lines = declarations.map((declaration) => `${indent}${declaration}\n`).join('');
    return insert(end, isOpen ? `\n${lines.trimEnd()}` : lines);
  }
  const key = command ? commandKey(text, command.range.start) : nameRange.end;
  if (!isFirstInLine(text, key)) return insert(key, `parameters: {${declarations.join(', ')}}, `);
  const indent = indentAt(text, key);
  const lines = declarations.map((declaration) => `${indent}  ${declaration}\n`).join('');
  return insert(lineStart(text, key), `${indent}parameters:\n${lines}`);
}

/** The offset of the key before a command's text. */
function commandKey(text: string, value: number): number {
  return (
    text.lastIndexOf('command', value - 1) -
    (/["']/.test(text[text.lastIndexOf('command', value - 1) - 1] ?? '') ? 1 : 0)
  );
}
