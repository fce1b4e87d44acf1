/** A token of a Python file, as far as finding calls needs it. */
export interface PythonToken {
  readonly kind: 'name' | 'string' | 'number' | 'operator' | 'newline';
  /** As written; of a string what is between its quotes, escapes left as they are. */
  readonly text: string;
  /** Offsets in the file, the quotes of strings included. */
  readonly start: number;
  readonly end: number;
  /** Of a string: whether it is an f-string. */
  readonly isFormatted?: boolean;
}

const STRINGS = [String.raw`"""(?:[^\\]|\\.)*?"""`, String.raw`'{3}(?:[^\\]|\\.)*?'{3}`];
const LINES = [String.raw`"(?:[^"\\\n]|\\.)*"`, String.raw`'(?:[^'\\\n]|\\.)*'`];
const PATTERN = new RegExp(
  [
    String.raw`(?<comment>#[^\n]*)`,
    `(?<string>[rRbBuUfF]{0,2}(?:${[...STRINGS, ...LINES].join('|')}))`,
    String.raw`(?<name>[\p{L}_][\p{L}\p{N}_]*)`,
    String.raw`(?<number>\.?\d[\w.]*(?:(?<=[eE])[+-]\d+)?)`,
    String.raw`(?<newline>\n)`,
    String.raw`(?<operator>\S)`,
  ].join('|'),
  'gsu',
);

/** Beyond this a file is not looked at (characters). */
export const MAX_SOURCE = 500_000;

/** The tokens of a Python file; comments and blanks are left out. */
export function pythonTokens(source: string): PythonToken[] {
  const tokens: PythonToken[] = [];
  for (const { index, 0: text, groups = {} } of source.matchAll(PATTERN)) {
    const place = { start: index, end: index + text.length };
    if (groups.comment !== undefined) continue;
    if (groups.string !== undefined) {
      const isFormatted = /^[a-z]*f/i.test(text);
      tokens.push({ kind: 'string', text: withoutQuotes(text), isFormatted, ...place });
    } else if (groups.name !== undefined) tokens.push({ kind: 'name', text, ...place });
    else if (groups.number !== undefined) tokens.push({ kind: 'number', text, ...place });
    else tokens.push({ kind: groups.newline === undefined ? 'operator' : 'newline', text, ...place });
  }
  return tokens;
}

function withoutQuotes(text: string): string {
  const quoted = text.replace(/^[a-zA-Z]*/, '');
  const width = /^(?:"""|''')/.test(quoted) ? 3 : 1;
  return quoted.slice(width, -width);
}
