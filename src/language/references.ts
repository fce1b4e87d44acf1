import { type DocumentHighlight, DocumentHighlightKind, type Location } from 'vscode-languageserver';
import { type ProjectDocument, toLspRange } from './document.ts';
import { occurrencesOf } from './occurrences.ts';
import { parameterAt } from './parameters.ts';

/** Every place of the parameter at an offset: its declaration, placeholders and flags, and the options of scripts. */
export function references(project: ProjectDocument, offset: number, includeDeclaration: boolean): Location[] {
  const use = parameterAt(project, offset);
  if (!use) return [];
  const { declaration, placeholders, flags, options } = occurrencesOf(project, use);
  const here = [...(declaration && includeDeclaration ? [declaration] : []), ...placeholders, ...flags];
  return [
    ...here.map((range) => ({ uri: project.uri, range: toLspRange(project.document, range) })),
    ...options.map(({ uri, script, option }) => ({ uri, range: toLspRange(script, option.range) })),
  ];
}

/** The same in this file alone. */
export function documentHighlights(project: ProjectDocument, offset: number): DocumentHighlight[] {
  const use = parameterAt(project, offset);
  if (!use) return [];
  const { declaration, placeholders, flags } = occurrencesOf(project, use);
  const write = declaration ? [{ range: declaration, kind: DocumentHighlightKind.Write }] : [];
  const read = [...placeholders, ...flags].map((range) => ({ range, kind: DocumentHighlightKind.Read }));
  return [...write, ...read].map(({ range, kind }) => ({ range: toLspRange(project.document, range), kind }));
}
