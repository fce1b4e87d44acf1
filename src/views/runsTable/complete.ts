import { quoteValue } from '../filterText.ts';
import { ATTRIBUTES, columnLabel, quoteKey } from './columnIds.ts';
import { distinctValues } from './columns.ts';
import type { RunColumns } from './runColumns.ts';

/** What can stand at the end of a filter. */
export interface Completion {
  /** Where what is completed begins in the text. */
  readonly from: number;
  readonly items: readonly CompletionItem[];
}

export interface CompletionItem {
  /** What takes the place. */
  readonly text: string;
  readonly detail: string;
}

/** Items that are worth being read through. */
const MOST = 50;
const NUMBERS = ['<', '<=', '>', '>=', '=', '!='];
const TEXTS = ['=', '!=', 'LIKE', 'ILIKE'];
/** Attributes of the table that MLflow does not filter by. */
const NOT_FILTERED = 'attributes.duration';

const KEY = /^(?:[^\s`"=<>!]+(?:`[^`]*`|"[^"]*")?)/;

/** @param text the filter up to the cursor */
export function completeFilter(columns: RunColumns, text: string): Completion {
  const clauseAt = lastClause(text);
  const clause = text.slice(clauseAt);
  const key = KEY.exec(clause)?.[0];
  if (key === undefined || key.length === clause.length) return { from: clauseAt, items: keys(columns, clause) };
  const id = idOf(columns, key);
  const isNumber = key.startsWith('metric') || /(start|end)_time$/.test(key);
  const rest = clause.slice(key.length);
  const operator = /^\s*(<=|>=|!=|<|>|=|(?:I?LIKE|IN)(?=\s))\s*/i.exec(rest);
  const valueAt = clauseAt + key.length + (operator?.[0].length ?? 0);
  if (operator) {
    const value = text.slice(valueAt);
    const isDone = /^('[^']*'|"[^"]*")\s|^[^\s'"]+\s/.test(value);
    if (isDone) return { from: text.length - (/\S*$/.exec(text)?.[0].length ?? 0), items: starting(['AND'], text) };
    return { from: valueAt, items: isNumber || id === undefined ? [] : values(columns, id, value) };
  }
  const from = text.length - (/\S*$/.exec(text)?.[0].length ?? 0);
  return { from, items: starting(isNumber ? NUMBERS : TEXTS, text) };
}

/** Where the last clause begins: behind an `AND` that stands in no quotes. */
function lastClause(text: string): number {
  let from = 0;
  for (const match of text.matchAll(/'[^']*'?|"[^"]*"?|`[^`]*`?|\band\s+/gi)) {
    if (/^and/i.test(match[0])) from = match.index + match[0].length;
  }
  return from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0);
}

function idOf(columns: RunColumns, key: string): string | undefined {
  return allIds(columns).find((id) => quoteKey(id) === key);
}

function allIds(columns: RunColumns): readonly string[] {
  return [...new Set([...ATTRIBUTES.keys(), ...columns.ids()])].filter((id) => id !== NOT_FILTERED);
}

function keys(columns: RunColumns, typed: string): readonly CompletionItem[] {
  const wanted = typed.toLowerCase();
  const rank = (id: string) => (id.toLowerCase().startsWith(wanted) ? 0 : 1) + (id.startsWith('tags.mlflow.') ? 2 : 0);
  return allIds(columns)
    .filter((id) => id.toLowerCase().includes(wanted.replaceAll(/[`"]/g, '')))
    .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .slice(0, MOST)
    .map((id) => ({ text: `${quoteKey(id)} `, detail: detailOf(columns, id) }));
}

function detailOf(columns: RunColumns, id: string): string {
  if (ATTRIBUTES.has(id)) return columnLabel(id);
  const count = distinctValues(columns, id);
  return count === 1 ? '1 value' : `${count} values`;
}

function values(columns: RunColumns, id: string, typed: string): readonly CompletionItem[] {
  const wanted = typed.replace(/^['"]/, '').toLowerCase();
  const counts = new Map<string, number>();
  for (const value of columns.column(id)?.values() ?? []) {
    const text = String(value);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts]
    .filter(([value]) => value.length < 200 && value.toLowerCase().includes(wanted))
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, MOST)
    .map(([value, count]) => ({ text: `${quoteValue(value)} `, detail: count === 1 ? '1 run' : `${count} runs` }));
}

function starting(words: readonly string[], text: string): readonly CompletionItem[] {
  const typed = /\S*$/.exec(text)?.[0].toLowerCase() ?? '';
  return words.filter((word) => word.toLowerCase().startsWith(typed)).map((word) => ({ text: `${word} `, detail: '' }));
}
