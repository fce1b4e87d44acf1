import { csvLine, harmless } from '../csv.ts';
import { type Row, runsOf } from './arrange.ts';
import { cellValue, type Statistics } from './cells.ts';
import { keyOf } from './columnIds.ts';
import { type ColumnChoice, columnKey } from './columns.ts';
import type { RunColumns } from './runColumns.ts';

export const EXPORT_FORMATS = ['csv', 'json', 'md', 'tex'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What is shown, to be written elsewhere. */
export interface ExportedTable {
  readonly columns: RunColumns;
  /** Heads of groups are left out, and runs that are folded into a group or below a parent are not. */
  readonly rows: readonly Row[];
  readonly choices: readonly ColumnChoice[];
  readonly statistics: Statistics;
  /** ms since the epoch */
  readonly now: number;
}

type Value = string | number | undefined;

const MOMENTS = ['attributes.start_time', 'attributes.end_time'];

/** All digits of numbers, moments as ISO 8601, durations in seconds. */
export function exportTable(table: ExportedTable, format: ExportFormat): string {
  const choices = table.choices.filter(({ statistic }) => statistic !== 'curve');
  const names = choices.map(nameOf);
  const lines = runsOf(table.columns, table.rows).map((slot) =>
    choices.map((choice) => exportedValue(table, slot, choice)),
  );
  switch (format) {
    case 'csv':
      return [names, ...lines].map(csvLine).join('');
    case 'json':
      return `${JSON.stringify(
        lines.map((line) => jsonObject(names, line)),
        undefined,
        2,
      )}\n`;
    case 'md':
      return markdownTable(names, lines);
    case 'tex':
      return latexTable(names, lines);
  }
}

/** Tabs and lines, as spreadsheets take them from the clipboard. */
export function sheetText(table: ExportedTable): string {
  const choices = table.choices.filter(({ statistic }) => statistic !== 'curve');
  const lines = runsOf(table.columns, table.rows).map((slot) =>
    choices.map((choice) => exportedValue(table, slot, choice)),
  );
  return [choices.map(nameOf), ...lines]
    .map((line) => line.map((value) => harmless(value).replaceAll(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n');
}

function nameOf(choice: ColumnChoice): string {
  if (choice.id === 'attributes.duration') return 'duration_seconds';
  return choice.id.startsWith('attributes.') ? keyOf(choice.id) : columnKey(choice);
}

function exportedValue({ columns, statistics, now }: ExportedTable, slot: number, choice: ColumnChoice): Value {
  const value = cellValue(columns, slot, choice, statistics, now);
  if (typeof value !== 'number') return value;
  if (choice.id === 'attributes.duration') return value / 1_000;
  // Times that no calendar has stay numbers.
  return MOMENTS.includes(choice.id) && Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : value;
}

/** NaN and the infinities, which JSON has not, are texts, as in MLflow's REST API. */
function jsonObject(names: readonly string[], line: readonly Value[]): Record<string, Value> {
  const entries = names.flatMap((name, at): [string, Value][] => {
    const value = line[at];
    if (value === undefined) return [];
    return [[name, typeof value === 'number' && !Number.isFinite(value) ? String(value) : value]];
  });
  return Object.fromEntries(entries);
}

function markdownTable(names: readonly string[], lines: readonly (readonly Value[])[]): string {
  const row = (cells: readonly Value[]) =>
    `| ${cells.map((cell) => (cell === undefined ? '' : String(cell).replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll(/\s+/g, ' '))).join(' | ')} |`;
  const rule = `| ${names.map((_, at) => (isNumberColumn(lines, at) ? '---:' : '---')).join(' | ')} |`;
  return `${[row(names), rule, ...lines.map(row)].join('\n')}\n`;
}

const LATEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

function latexTable(names: readonly string[], lines: readonly (readonly Value[])[]): string {
  const text = (value: Value) =>
    String(value ?? '')
      .replaceAll(/[\\~^&%$#_{}]/g, (mark) => LATEX[mark] ?? `\\${mark}`)
      .replaceAll(/\s+/g, ' ');
  const row = (cells: readonly Value[]) => `  ${cells.map(text).join(' & ')} \\\\`;
  const places = names.map((_, at) => (isNumberColumn(lines, at) ? 'r' : 'l')).join('');
  return `${[`\\begin{tabular}{${places}}`, '  \\hline', row(names), '  \\hline', ...lines.map(row), '  \\hline', '\\end{tabular}'].join('\n')}\n`;
}

function isNumberColumn(lines: readonly (readonly Value[])[], at: number): boolean {
  return lines.some((line) => typeof line[at] === 'number') && lines.every((line) => typeof line[at] !== 'string');
}
