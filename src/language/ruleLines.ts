/** Where each rule is described: its code → the line of its heading, counted from 1. */
export function ruleLines(markdown: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [line, text] of markdown.split('\n').entries()) {
    const code = /^## `([\w-]+)`/.exec(text)?.[1];
    if (code !== undefined) found.set(code, line + 1);
  }
  return found;
}
