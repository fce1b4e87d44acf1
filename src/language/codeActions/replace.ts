import { TextEdit } from 'vscode-languageserver';
import type { RuleCode } from '../../mlproject/problems.ts';
import { toLspRange } from '../document.ts';
import type { Fixer } from './fix.ts';

const TITLES: Partial<Record<RuleCode, (meant: string) => string>> = {
  'stray-brace': (meant) => `Write '${meant}' for a brace`,
  'quoted-placeholder': () => 'Remove the quotes',
  'surprising-default': (meant) => `Put it in quotes: ${meant}`,
  'parameter-name': (meant) => `Put it in quotes: ${meant}`,
  'entry-point-name': (meant) => `Put it in quotes: ${meant}`,
  'python-version': (meant) => `Put it in quotes: ${meant}`,
  'yaml-syntax': () => 'Replace the tab by spaces',
};

/** What is meant, in place of what is written. */
export const replace: Fixer = ({ document }, { code, range, replacement }) => {
  if (replacement === undefined) return undefined;
  const edits = [TextEdit.replace(toLspRange(document, range), replacement)];
  return { title: titleOf(code, replacement), edits, isPreferred: true };
};

export function titleOf(code: RuleCode, replacement: string): string {
  return TITLES[code]?.(replacement) ?? `Change to '${replacement}'`;
}
