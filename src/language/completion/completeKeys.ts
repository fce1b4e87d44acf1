import { type CompletionItem, CompletionItemKind, InsertTextFormat, MarkupKind } from 'vscode-languageserver';
import type { ProjectDocument } from '../document.ts';
import { entryPointAt } from '../parameters.ts';
import { schemaAt } from '../schema.ts';
import { declarationOf, undeclaredOptions } from '../script/declaration.ts';
import { ENTRY_POINT, ENVIRONMENTS, PARAMETERS, type Skeleton } from './skeletons.ts';

/** The keys of a mapping that are not there yet, and skeletons where names are free to choose. */
export function completeKeys(project: ProjectDocument, path: readonly string[], offset: number): CompletionItem[] {
  if (path.length === 1 && path[0] === 'entry_points') return [item(ENTRY_POINT)];
  if (path.length === 3 && path[0] === 'entry_points' && path[2] === 'parameters') {
    return [...completeOptions(project, offset), ...PARAMETERS.map(item)];
  }
  const present = siblingKeys(project.text, offset);
  const keys = Object.entries(schemaAt(path)?.properties ?? {}).filter(([key]) => !present.has(key));
  const hasEnvironment = [...present].some((key) => /^(?:python|conda|docker)_env$/.test(key));
  return [
    ...keys.map(([key, { description = '', type }]) => ({
      label: key,
      kind: CompletionItemKind.Property,
      documentation: { kind: MarkupKind.Markdown, value: description },
      insertText: type === 'object' ? `${key}:\n  ` : `${key}: `,
    })),
    ...(path.length === 0 && !hasEnvironment ? ENVIRONMENTS.map(item) : []),
  ];
}

function item({ label, detail, text }: Skeleton): CompletionItem {
  return {
    label,
    detail,
    kind: CompletionItemKind.Snippet,
    insertTextFormat: InsertTextFormat.Snippet,
    insertText: text,
    sortText: `~${label}`,
  };
}

/** The options of the script that are no parameters yet. */
function completeOptions(project: ProjectDocument, offset: number): CompletionItem[] {
  const entryPoint = entryPointAt(project.project, project.text, offset);
  if (!entryPoint) return [];
  return undeclaredOptions(project, entryPoint).map((option) => ({
    label: option.name,
    detail: `${option.flags[0]?.text ?? option.name} of the script`,
    kind: CompletionItemKind.Variable,
    insertText: declarationOf(option),
    ...(option.help !== undefined && { documentation: option.help }),
  }));
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
