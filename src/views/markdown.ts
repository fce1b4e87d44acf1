/** Text from a store or a folder, so that Markdown shows it as it is. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&').replace(/\r?\n/g, ' ');
}

/** A table of names and values, as tooltips show it. The first row is the heading. */
export function markdownTable(rows: readonly (readonly [name: string, value: string])[]): string {
  const [heading, ...body] = rows.map(([name, value]) => `| ${escapeMarkdown(name)} | ${escapeMarkdown(value)} |`);
  return [heading, '| :-- | :-- |', ...body].join('\n');
}
