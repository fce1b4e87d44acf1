import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import type { Range } from '../../mlproject/project.ts';
import { type ProjectDocument, type ProjectFolder, toLspRange } from '../document.ts';
import { schemaAt } from '../schema.ts';

const YAML = /\.ya?ml$/;

/** Files of the project where a path can stand: of an environment, of a parameter's default. */
export function completeFiles(
  project: ProjectDocument,
  path: readonly string[],
  typed: string,
  offset: number,
): CompletionItem[] {
  const key = path.at(-1) ?? '';
  const isEnvironment = path.length === 1 && /^(?:python|conda)_env$/.test(key);
  const isPath = path.length === 5 && key === 'default' && isPathParameter(project, path);
  if (!isEnvironment && !isPath) return [];
  const start = offset - typed.length;
  const found = project.folder
    ? filesAt(project, project.folder, typed, isEnvironment ? YAML : /./, { start, end: offset })
    : [];
  const usual = isEnvironment ? schemaAt(path)?.default : undefined;
  const isMissing = usual !== undefined && typed === '' && !found.some(({ label }) => label === usual);
  return isMissing ? [...found, { label: usual, kind: CompletionItemKind.File, detail: 'not there yet' }] : found;
}

/** The files and folders that a path can go on with. @param range of what is typed of it */
export function filesAt(
  { document }: ProjectDocument,
  folder: ProjectFolder,
  typed: string,
  pattern: RegExp,
  range: Range,
): CompletionItem[] {
  const parent = typed.slice(0, typed.lastIndexOf('/') + 1);
  if (/["'{}\n]/.test(typed)) return [];
  return folder
    .list(parent || '.')
    .filter((name) => !name.startsWith('.') && (name.endsWith('/') || pattern.test(name)))
    .map((name) => ({
      label: `${parent}${name}`,
      kind: name.endsWith('/') ? CompletionItemKind.Folder : CompletionItemKind.File,
      textEdit: { range: toLspRange(document, range), newText: `${parent}${name}` },
    }));
}

function isPathParameter({ project }: ProjectDocument, [, entryPoint, , parameter]: readonly string[]): boolean {
  const parameters = project.entryPoints.find(({ name }) => name === entryPoint)?.parameters;
  return parameters?.find(({ name }) => name === parameter)?.type === 'path';
}
