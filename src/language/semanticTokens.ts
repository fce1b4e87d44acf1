import { type SemanticTokens, SemanticTokensBuilder, SemanticTokenTypes } from 'vscode-languageserver';
import type { Range } from '../mlproject/project.ts';
import type { ProjectDocument } from './document.ts';

/** What the grammar cannot tell: which placeholders stand for parameters. */
export const TOKEN_TYPES = [SemanticTokenTypes.parameter, SemanticTokenTypes.function] as const;
export const TOKEN_MODIFIERS = ['declaration'] as const;

const [PARAMETER, FUNCTION] = [0, 1];
const DECLARATION = 1;

export function semanticTokens({ document, project }: ProjectDocument): SemanticTokens {
  const tokens = project.entryPoints.flatMap(({ nameRange, parameters, command }) => {
    const names = new Set(parameters.map(({ name }) => name));
    const used = (command?.placeholders ?? []).filter(({ name }) => names.has(name));
    return [
      { range: nameRange, type: FUNCTION, modifiers: DECLARATION },
      ...parameters.map((parameter) => ({ range: parameter.nameRange, type: PARAMETER, modifiers: DECLARATION })),
      ...used.map(({ range }) => ({ range, type: PARAMETER, modifiers: 0 })),
    ];
  });
  const builder = new SemanticTokensBuilder();
  for (const { range, type, modifiers } of tokens.sort((a, b) => a.range.start - b.range.start)) {
    const { line, character } = document.positionAt(range.start);
    if (isOneLine(range, line)) builder.push(line, character, range.end - range.start, type, modifiers);
  }
  return builder.build();

  function isOneLine({ end }: Range, line: number): boolean {
    return document.positionAt(end).line === line;
  }
}
