import type { Range } from '../../mlproject/project.ts';

/** The offset where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The offset after the line break that ends the line of an offset. */
export function lineEnd(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  return found < 0 ? text.length : found + 1;
}

/** The blanks that the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
  return /[ ]*/y.exec(text.slice(lineStart(text, offset)))?.[0] ?? '';
}

/** Whether only blanks stand between the beginning of its line and an offset. */
export function isFirstInLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === '';
}

/** The lines of a key and of everything that is further in below it. */
export function blockAt(text: string, offset: number): Range {
  const start = lineStart(text, offset);
  const indent = indentAt(text, offset).length;
  let end = lineEnd(text, offset);
  for (let at = end; at < text.length; at = lineEnd(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    if (line.trim() === '') continue;
    if (indentAt(text, at).length <= indent) break;
    end = lineEnd(text, at);
  }
  return { start, end };
}

/** The entry of a mapping between braces, with the comma that parts it from the next one, or from the one before. */
export function flowEntryAt(text: string, { start, end }: Range): Range {
  const after = /^\s*,\s*/.exec(text.slice(end));
  if (after) return { start, end: end + after[0].length };
  const before = /,\s*$/.exec(text.slice(0, start));
  return { start: start - (before?.[0].length ?? 0), end };
}
