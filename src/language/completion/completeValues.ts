import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { schemaAt } from '../schema.ts';

/** Types that people write for texts of a certain look; MLflow takes them for strings, and forms check them. */
const INFORMAL = ['int', 'bool'];

export function completeValues(path: readonly string[]): CompletionItem[] {
  const schema = schemaAt(path);
  const isParameter = path[0] === 'entry_points' && path[2] === 'parameters';
  // A parameter's short form is its type alone.
  const isShort = isParameter && path.length === 4;
  const types = isShort ? schema?.properties?.type?.enum : schema?.enum;
  return [
    ...(types ?? []).map((label) => ({ label, kind: CompletionItemKind.EnumMember, sortText: `1${label}` })),
    ...(types ? INFORMAL : []).map((label) => ({
      label,
      kind: CompletionItemKind.EnumMember,
      detail: 'a string for MLflow, checked here',
      sortText: `2${label}`,
    })),
  ];
}
