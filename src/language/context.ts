/** Where a position stands, as far as the lines tell: also in a file that cannot be parsed at the moment. */
export interface Context {
  /** The keys above the position, from the top of the file. */
  readonly path: readonly string[];
  /** Whether a key or the value of the last key of the path is being written. */
  readonly kind: 'key' | 'value';
  /** What is written of it so far. */
  readonly typed: string;
}

const KEY = /^(\s*)(?:-\s+)?(?:"([^"]*)"|'([^']*)'|([^\s#"'{[](?:[^:#]*[^\s:#])?))\s*:(?:\s|$)/;

interface KeyLine {
  readonly indent: number;
  readonly key: string;
  /** What follows the colon. */
  readonly rest: string;
}

function readKey(line: string): KeyLine | undefined {
  const match = KEY.exec(line);
  if (!match) return undefined;
  return {
    indent: match[1]?.length ?? 0,
    key: match[2] ?? match[3] ?? match[4] ?? '',
    rest: line.slice(match[0].length),
  };
}

/** Reads the lines up to an offset: their indentation gives the path, an open `{` a mapping inside of a line. */
export function contextAt(text: string, offset: number): Context {
  const lines = text.slice(0, offset).split('\n');
  const current = lines.pop() ?? '';
  const own = readKey(current);
  const indent = own?.indent ?? current.length - current.trimStart().length;
  const above = keysAbove(lines, current.trim() === '' ? current.length : indent);
  if (!own) return { path: above, kind: 'key', typed: current.trim() };
  const inside = readFlow(own.rest);
  if (!inside) return { path: [...above, own.key], kind: 'value', typed: own.rest.trimStart() };
  return { ...inside, path: [...above, own.key, ...inside.path] };
}

function keysAbove(lines: readonly string[], indent: number): string[] {
  const path: string[] = [];
  let limit = indent;
  for (const line of lines.toReversed()) {
    const found = readKey(line);
    if (!found || found.indent >= limit) continue;
    path.unshift(found.key);
    limit = found.indent;
  }
  return path;
}

/** The context inside of `{a: {b: c, d: …`, as deep as it goes; `undefined` where no mapping is open. */
function readFlow(rest: string): Context | undefined {
  if (!rest.trimStart().startsWith('{')) return undefined;
  const keys: (string | undefined)[] = [];
  let word = '';
  for (const [piece] of rest.matchAll(/"(?:[^"\\]|\\.)*"?|'[^']*'?|[{}[\],]|:(?=\s|$)|[^{}[\],:"']+|./gs)) {
    if (piece === '{' || piece === '[') keys.push(undefined);
    else if (piece === '}' || piece === ']') keys.pop();
    else if (piece === ',') keys[keys.length - 1] = undefined;
    else if (piece === ':') keys[keys.length - 1] = word.trim().replace(/^["']|["']$/g, '');
    else {
      word += piece;
      continue;
    }
    word = '';
  }
  if (keys.length === 0) return undefined;
  const kind = keys.at(-1) === undefined ? 'key' : 'value';
  return { path: keys.filter((key) => key !== undefined), kind, typed: word.trim() };
}
