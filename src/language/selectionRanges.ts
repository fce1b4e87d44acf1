import type { SelectionRange } from 'vscode-languageserver';
import { commandsOf } from '../mlproject/commandWords.ts';
import { nodesAround } from '../mlproject/nodesAround.ts';
import type { Range } from '../mlproject/project.ts';
import { contentOf } from '../mlproject/scripts.ts';
import { contains, type ProjectDocument, toLspRange } from './document.ts';

/** What a selection grows to from an offset: word, placeholder, command, value, entry, mapping, file. */
export function selectionRange(project: ProjectDocument, offset: number): SelectionRange {
  const { document, text } = project;
  const around = [...inCommand(project, offset), ...nodesAround(text, offset), { start: 0, end: text.length }];
  const nested: Range[] = [];
  for (const range of around.sort((a, b) => size(a) - size(b))) {
    const inner = nested.at(-1);
    if (!inner || (range.start <= inner.start && range.end >= inner.end && size(range) > size(inner)))
      nested.push(range);
  }
  const build = ([range, ...outer]: readonly Range[]): SelectionRange | undefined => {
    if (!range) return undefined;
    const parent = build(outer);
    return { range: toLspRange(document, range), ...(parent && { parent }) };
  };
  return build(nested) ?? { range: toLspRange(document, { start: offset, end: offset }) };
}

function size({ start, end }: Range): number {
  return end - start;
}

function inCommand({ project, text }: ProjectDocument, offset: number): Range[] {
  for (const { command } of project.entryPoints) {
    if (!command || !contains(command.range, offset)) continue;
    const content = contentOf(command, text);
    const names = command.placeholders.map(({ range }) => range).filter((range) => contains(range, offset));
    const braces = names.map(({ start, end }) => ({ start: start - 1, end: text.indexOf('}', end) + 1 }));
    const commands = commandsOf(text, content).flatMap((words) => {
      const own = words.map(({ range }) => range).filter((range) => contains(range, offset));
      const whole = { start: words[0]?.range.start ?? 0, end: words.at(-1)?.range.end ?? 0 };
      return contains(whole, offset) ? [...own, whole] : [];
    });
    return [...names, ...braces, ...commands, content];
  }
  return [];
}
