import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { EntryPoint, Range } from '../mlproject/project.ts';
import { type ProjectDocument, toLspRange } from './document.ts';

/** The outline: entry points with their parameters and command. */
export function documentSymbols({ document, project }: ProjectDocument): DocumentSymbol[] {
  const symbol = (name: string, kind: SymbolKind, range: Range, selection: Range, detail = ''): DocumentSymbol => ({
    name: name || '(unnamed)',
    detail,
    kind,
    range: toLspRange(document, {
      start: Math.min(range.start, selection.start),
      end: Math.max(range.end, selection.end),
    }),
    selectionRange: toLspRange(document, selection),
  });
  const children = ({ parameters, command }: EntryPoint): DocumentSymbol[] => [
    ...parameters.map((p) => symbol(p.name, SymbolKind.Variable, p.range, p.nameRange, p.type)),
    ...(command ? [symbol('command', SymbolKind.String, command.range, command.range)] : []),
  ];
  return project.entryPoints.map((entryPoint) => ({
    ...symbol(entryPoint.name, SymbolKind.Function, entryPoint.range, entryPoint.nameRange),
    children: children(entryPoint),
  }));
}
