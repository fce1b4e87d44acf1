import { invalidParameter } from '../entities/error.ts';

export interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'quoted' | 'operator' | 'punctuation';
  /** As written. */
  readonly text: string;
  /** Without its quotes. */
  readonly value: string;
}

/**
 * Words carry their dots and quoted parts (`` tags.`my key` ``, `metrics."val/loss"`); a text in double quotes alone is
 * `quoted`, since it can be a key or a value. A quote that is doubled or follows a backslash does not end its text, and
 * stays in it as it is written, as with MLflow.
 */
const TOKEN =
  /\s+|(?<number>-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.])|(?<word>(?:[\p{L}_][\p{L}\p{N}_]*|`(?:``|[^`])*`)(?:\.(?:[\p{L}\p{N}_]+|`(?:``|[^`])*`|"(?:""|\\"|[^"])*"))*)|(?<string>'(?:''|\\'|[^'])*')|(?<quoted>"(?:""|\\"|[^"])*")|(?<operator>[<>!=]+)|(?<punctuation>[(),;])/uy;

const KINDS = ['number', 'word', 'string', 'quoted', 'operator', 'punctuation'] as const;

/** Longer filters are nobody's filters (characters). */
const MAX_LENGTH = 10_000;

/** @throws INVALID_PARAMETER_VALUE at the first character that starts nothing. */
export function tokenize(filter: string): Token[] {
  if (filter.length > MAX_LENGTH) {
    throw invalidParameter(`The filter is ${filter.length} characters long; at most ${MAX_LENGTH} are possible.`);
  }
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < filter.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(filter);
    if (!match) throw invalidParameter(`Invalid clause(s) in filter string: '${filter.slice(at).split(/\s/)[0]}'`);
    const [text] = match;
    const kind = KINDS.find((name) => match.groups?.[name] !== undefined);
    if (kind === undefined) continue;
    tokens.push({ kind, text, value: kind === 'string' || kind === 'quoted' ? text.slice(1, -1) : text });
  }
  return tokens;
}
