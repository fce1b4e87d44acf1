import { CST, Lexer } from 'yaml';
import type { Report } from './problems.ts';

const TEXTS = new Set<ReturnType<typeof CST.tokenType>>(['single-quoted-scalar', 'double-quoted-scalar', 'comment']);

/** PyYAML takes a tab for text in quotes, blocks and comments only; the parser here takes it for a space elsewhere, too. */
export function checkTabs(text: string, report: Report): void {
  if (!text.includes('\t')) return;
  let at = 0;
  let isBlock = false;
  for (const token of new Lexer().lex(text)) {
    if (token === CST.DOCUMENT || token === CST.FLOW_END || token === CST.SCALAR) continue; // marks, of no length
    const type = CST.tokenType(token);
    const tab = token.indexOf('\t');
    if (type === 'block-scalar-header') isBlock = true;
    else if (isBlock && type !== 'newline' && type !== 'comment') isBlock = false;
    else if (tab >= 0 && !TEXTS.has(type)) {
      report('yaml-syntax', { start: at + tab, end: at + tab + 1 }, 'A tab cannot stand here, and MLflow fails.', '  ');
    }
    at += token.length;
  }
}
