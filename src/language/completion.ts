import { type CompletionItem, CompletionItemKind, InsertTextFormat, MarkupKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { parseProject } from '../mlproject/parseProject.ts';
import type { Parameter } from '../mlproject/project.ts';
import { contextAt } from './context.ts';
import { entryPointAt } from './document.ts';
import { schemaAt } from './schema.ts';

/** What can stand at an offset. */
export function complete(document: TextDocument, offset: number): CompletionItem[] {
  const text = document.getText();
  const { path, kind } = contextAt(text, offset);
  if (path.at(-1) === 'command' || path.includes('command')) return completePlaceholders(text, offset);
  return kind === 'value' ? completeValues(path) : completeKeys(path, siblingKeys(text, offset));
}

function completeKeys(path: readonly string[], present: ReadonlySet<string>): CompletionItem[] {
  if (path.length === 1 && path[0] === 'entry_points') return [entryPointSkeleton()];
  if (path.length === 3 && path[0] === 'entry_points' && path[2] === 'parameters') return parameterSkeletons();
  const schema = schemaAt(path);
  return Object.entries(schema?.properties ?? {})
    .filter(([key]) => !present.has(key))
    .map(([key, { description = '', type }]) => ({
      label: key,
      kind: CompletionItemKind.Property,
      documentation: { kind: MarkupKind.Markdown, value: description },
      insertText: type === 'object' ? `${key}:\n  ` : `${key}: `,
    }));
}

function completeValues(path: readonly string[]): CompletionItem[] {
  const schema = schemaAt(path);
  // A parameter's short form is its type alone.
  const short = path.length === 4 && path[0] === 'entry_points' && path[2] === 'parameters';
  const types = short ? schema?.properties?.type?.enum : undefined;
  const values = types ?? schema?.enum ?? (schema?.default === undefined ? [] : [schema.default]);
  return values.map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
}

function entryPointSkeleton(): CompletionItem {
  return {
    label: 'main',
    kind: CompletionItemKind.Snippet,
    detail: 'an entry point',
    insertTextFormat: InsertTextFormat.Snippet,
    insertText: `\${1:main}:
  parameters:
    \${2:alpha}: {type: \${3|float,string,path,uri|}, default: \${4:0.5}}
  command: "python \${5:train.py} --$2 {$2}"`,
  };
}

function parameterSkeletons(): CompletionItem[] {
  const base = { kind: CompletionItemKind.Snippet, insertTextFormat: InsertTextFormat.Snippet };
  return [
    {
      ...base,
      label: 'parameter with a default',
      insertText: `\${1:name}: {type: \${2|float,string,path,uri|}, default: \${3:0.5}}`,
    },
    { ...base, label: 'required parameter', insertText: `\${1:name}: \${2|float,string,path,uri|}` },
  ];
}

/** Parameters, where a brace has been opened in a command. */
function completePlaceholders(text: string, offset: number): CompletionItem[] {
  const before = /\{([\w-]*)$/.exec(text.slice(Math.max(0, offset - 100), offset));
  if (!before) return [];
  const entryPoint = entryPointAt(parseProject(text).project, text, offset);
  const closed = text[offset] === '}';
  return (entryPoint?.parameters ?? []).map((parameter) => ({
    label: parameter.name,
    kind: CompletionItemKind.Variable,
    detail: describe(parameter),
    ...(parameter.description === undefined ? {} : { documentation: parameter.description }),
    insertText: closed ? parameter.name : `${parameter.name}}`,
  }));
}

/** One line: the type and where the value comes from. */
export function describe({ type, default: value }: Parameter): string {
  return value === undefined ? `${type}, required` : `${type} = ${value}`;
}

/** The keys that stand beside the position already: same indentation, same block. */
function siblingKeys(text: string, offset: number): ReadonlySet<string> {
  const lines = text.split('\n');
  const at = text.slice(0, offset).split('\n').length - 1;
  const indent = indentOf(lines[at] ?? '');
  const keys = new Set<string>();
  for (const step of [-1, 1]) {
    for (let line = at + step; line >= 0 && line < lines.length; line += step) {
      const content = lines[line] ?? '';
      if (content.trim() === '' || content.trimStart().startsWith('#')) continue;
      if (indentOf(content) < indent) break;
      const key = /^\s*([\w-]+)\s*:/.exec(content)?.[1];
      if (indentOf(content) === indent && key) keys.add(key);
    }
  }
  return keys;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
