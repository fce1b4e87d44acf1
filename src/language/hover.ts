import { type Hover, MarkupKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { stringify } from 'yaml';
import { contextAt } from './context.ts';
import { describeParameter } from './describeParameter.ts';
import { type ProjectDocument, toLspRange } from './document.ts';
import { occurrencesOf } from './occurrences.ts';
import { type ParameterUse, parameterAt } from './parameters.ts';
import { type Schema, schemaAt } from './schema.ts';

/** What the key, parameter or placeholder at an offset means. */
export function hover(project: ProjectDocument, offset: number): Hover | undefined {
  const { document, text } = project;
  const use = parameterAt(project, offset);
  if (use) return markdown(describeUse(project, use), document, use.range);
  const key = keyAt(text, offset);
  if (!key) return undefined;
  const { path } = contextAt(text, key.start);
  const schema = schemaAt([...path, key.text]);
  return schema?.description === undefined ? undefined : markdown(describeKey(key.text, schema), document, key);
}

function describeKey(key: string, { description = '', default: value, examples }: Schema): string {
  const lines = [`**${key}**`, description];
  if (value !== undefined) lines.push(`Default: \`${value}\``);
  if (examples?.[0] !== undefined) {
    const style = { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 } as const;
    lines.push(`\`\`\`yaml\n${key}: ${stringify(examples[0], style)}\`\`\``);
  }
  return lines.join('\n\n');
}

function describeUse(project: ProjectDocument, use: ParameterUse): string {
  const { entryPoint, name, parameter } = use;
  if (!parameter) return `Entry point \`${entryPoint.name}\` has no parameter \`${name}\`.`;
  const lines = [`**${name}**: ${describeParameter(parameter)}`];
  if (parameter.description !== undefined) lines.push(parameter.description);
  lines.push(
    parameter.default === undefined
      ? `Required: the form asks for it, on the command line \`-P ${name}=…\` gives it.`
      : `Unless the form or \`-P ${name}=…\` gives another value.`,
  );
  for (const { option, script, uri } of occurrencesOf(project, use).options) {
    const flag = option.flags[0]?.text ?? option.name;
    const line = script.positionAt(option.range.start).line + 1;
    const file = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
    lines.push(`Passed to [\`${flag}\` of ${file}](${uri}#L${line})${option.help ? `: ${option.help}` : ''}`);
  }
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
