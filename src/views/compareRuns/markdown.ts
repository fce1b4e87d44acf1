import type { Comparison, ComparisonCell } from './comparison.ts';

/** The comparison as a Markdown document; only differing rows where asked. */
export function comparisonMarkdown({ runs, sections }: Comparison, onlyDifferences: boolean): string {
  const header = `| | ${runs.map(({ name }) => escapeCell(name)).join(' | ')} |\n| --- |${' --- |'.repeat(runs.length)}`;
  const tables = sections.flatMap(({ title, rows }) => {
    const shown = onlyDifferences ? rows.filter(({ differs }) => differs) : rows;
    if (shown.length === 0) return [];
    const lines = shown.map(({ key, cells }) => `| ${[key, ...cells.map(cellText)].map(escapeCell).join(' | ')} |`);
    return [`## ${title}\n\n${header}\n${lines.join('\n')}\n`];
  });
  return tables.length > 0 ? tables.join('\n') : 'The runs do not differ.\n';
}

function cellText({ text, full, delta }: ComparisonCell): string {
  return text === undefined ? '—' : `${full ?? text}${delta === undefined ? '' : ` (${delta})`}`;
}

function escapeCell(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll(/[\r\n]+/g, ' ');
}
