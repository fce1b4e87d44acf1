/** Text from a store or a folder, so that Markdown shows it as it is. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&').replace(/\r?\n/g, ' ');
}

/** A table of names and values without a heading, as tooltips show it. */
export function markdownTable(rows: readonly (readonly [name: string, value: string])[]): string {
  const body = rows.map(([name, value]) => `| ${escapeMarkdown(name)} | ${escapeMarkdown(value)} |`);
  return ['| | |', '| :-- | :-- |', ...body].join('\n');
}
