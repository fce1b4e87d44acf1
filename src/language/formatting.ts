import { type FormattingOptions, TextEdit } from 'vscode-languageserver';
import { type Document, parseDocument, visit } from 'yaml';
import { parseProject } from '../mlproject/parseProject.ts';
import type { ProjectDocument } from './document.ts';

/**
 * Indents, spaces and ends lines as usual; comments, quotes and the order of keys stay. A file that cannot be read, or
 * would say anything else afterwards, is left as it is.
 */
export function format(
  { document, problems, project, text }: ProjectDocument,
  { tabSize }: FormattingOptions,
): TextEdit[] {
  if (problems.some(({ code }) => /^(?:yaml-syntax|empty-file|not-a-mapping|duplicate-key)$/.test(code))) return [];
  const formatted = formatYaml(text, tabSize);
  if (formatted === text || meaning(parseProject(formatted).project) !== meaning(project)) return [];
  return [TextEdit.replace({ start: document.positionAt(0), end: document.positionAt(text.length) }, formatted)];
}

function formatYaml(text: string, indent: number): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const source = text.replaceAll('\r\n', '\n');
  const document = parseDocument(source, { logLevel: 'silent' });
  const kept = keepScalars(document, source);
  const written = document.toString({ indent, lineWidth: 0, flowCollectionPadding: false });
  const filled = written
    .split('\n')
    .map((line) => line.replace(MARK, (_, at: string) => kept[Number(at)]?.(indentOf(line)) ?? ''));
  const lines = filled
    .join('\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n');
  return `${lines.trimEnd()}\n`.replaceAll('\n', end);
}

/** Stands for a scalar while the rest is formatted: private characters, that nobody writes. */
const MARK = /\uE000(\d+)\uE001/g;

/**
 * Puts marks in the place of scalars whose look is the user's business: quotes, escapes, and the lines of long commands.
 * @returns what each mark stands for, in a line with so many blanks at its start
 */
function keepScalars(document: Document, source: string): ((indent: number) => string)[] {
  const kept: ((indent: number) => string)[] = [];
  visit(document, {
    Scalar(_, scalar) {
      const [start = 0, end = 0] = scalar.range ?? [];
      const text = source.slice(start, end);
      const isQuoted = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE';
      if (!isQuoted && !(scalar.type === 'PLAIN' && text !== '')) return;
      const before = indentOf(source.slice(source.lastIndexOf('\n', start) + 1));
      scalar.value = `\uE000${kept.length}\uE001`;
      scalar.type = 'PLAIN';
      kept.push((indent) => shiftLines(text, indent - before));
    },
  });
  return kept;
}

/** Moves all lines but the first, which goes where its key goes. */
function shiftLines(text: string, by: number): string {
  return text.replace(/\n( *)(?=[^ \n])/g, (_, blanks: string) => `\n${' '.repeat(Math.max(1, blanks.length + by))}`);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** What a project says, wherever it says it. */
function meaning(value: unknown): string {
  return JSON.stringify(value, (key, inner) => (/^(?:range|\w+Range)$/.test(key) ? undefined : inner));
}
