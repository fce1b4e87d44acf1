import { type Hover, MarkupKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { parseProject } from '../mlproject/parseProject.ts';
import { describe } from './completion.ts';
import { contextAt } from './context.ts';
import { type ParameterUse, parameterAt, toLspRange } from './document.ts';
import { schemaAt } from './schema.ts';

/** What the key, parameter or placeholder at an offset means. */
export function hover(document: TextDocument, offset: number): Hover | undefined {
  const text = document.getText();
  const use = parameterAt(parseProject(text).project, offset);
  if (use) return markdown(describeUse(use), document, use.range);

  const key = keyAt(text, offset);
  if (!key) return undefined;
  const { path } = contextAt(text, key.start);
  const schema = schemaAt([...path, key.text]);
  if (!schema?.description) return undefined;
  const value = schema.default === undefined ? '' : `\n\nDefault: \`${schema.default}\``;
  return markdown(`**${key.text}**\n\n${schema.description}${value}`, document, key);
}

function describeUse({ parameter, entryPoint }: ParameterUse): string {
  if (!parameter) return `Entry point \`${entryPoint.name}\` has no such parameter.`;
  const lines = [`**${parameter.name}**: ${describe(parameter)}`];
  if (parameter.description !== undefined) lines.push(parameter.description);
  lines.push(
    parameter.default === undefined
      ? `Required: the form asks for it, on the command line \`-P ${parameter.name}=…\` gives it.`
      : `Unless the form or \`-P ${parameter.name}=…\` gives another value.`,
  );
  return lines.join('\n\n');
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The key whose name stands at an offset. */
function keyAt(text: string, offset: number): Word | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  for (const match of line.matchAll(/(?<![\w-])([\w-]+)\s*:(?=\s|$)/g)) {
    const start = lineStart + match.index;
    const word = match[1] ?? '';
    if (start <= offset && offset <= start + word.length) return { text: word, start, end: start + word.length };
  }
  return undefined;
}

function markdown(value: string, document: TextDocument, range: { start: number; end: number }): Hover {
  return { contents: { kind: MarkupKind.Markdown, value }, range: toLspRange(document, range) };
}
