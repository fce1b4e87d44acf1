import { type FormattingOptions, TextEdit } from 'vscode-languageserver';
import { parseDocument } from 'yaml';
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
  const document = parseDocument(text.replaceAll('\r\n', '\n'), { keepSourceTokens: true, logLevel: 'silent' });
  const written = document.toString({ indent, lineWidth: 0, flowCollectionPadding: false, indentSeq: true });
  const lines = written.replace(/[ \t]+$/gm, '').replace(/\n{3,}/g, '\n\n');
  return `${lines.trimEnd()}\n`.replaceAll('\n', end);
}

/** What a project says, wherever it says it. */
function meaning(value: unknown): string {
  return JSON.stringify(value, (key, inner) => (/^(?:range|\w+Range)$/.test(key) ? undefined : inner));
}
