import type { PythonToken } from './pythonTokens.ts';

/** A value of a call: the tokens of an expression. */
export interface Argument {
  /** Of `name=value`. */
  readonly keyword: string | undefined;
  readonly value: readonly PythonToken[];
}

/** `callee(…)`, wherever it stands. */
export interface Call {
  /** With dots: `parser.add_argument`. */
  readonly callee: string;
  readonly arguments: readonly Argument[];
  /** Index of the callee's first token. */
  readonly first: number;
  /** Index of the closing bracket. */
  readonly last: number;
}

const OPEN = new Set(['(', '[', '{']);
const CLOSE = new Set([')', ']', '}']);

/** Every call of a Python file whose name has one of these endings, in order. */
export function callsOf(tokens: readonly PythonToken[], endings: ReadonlySet<string>): Call[] {
  const calls: Call[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.kind !== 'name' || !endings.has(token.text) || tokens[at + 1]?.text !== '(') continue;
    if (tokens[at - 1]?.text === 'def') continue;
    const first = startOfName(tokens, at);
    const callee = tokens
      .slice(first, at + 1)
      .map(({ text }) => text)
      .join('');
    const { list, last } = readArguments(tokens, at + 1);
    calls.push({ callee, arguments: list, first, last });
  }
  return calls;
}

function startOfName(tokens: readonly PythonToken[], end: number): number {
  let at = end;
  while (tokens[at - 1]?.text === '.' && tokens[at - 2]?.kind === 'name') at -= 2;
  return at;
}

/** @param open index of the opening bracket */
export function readArguments(tokens: readonly PythonToken[], open: number): { list: Argument[]; last: number } {
  const parts: PythonToken[][] = [[]];
  let depth = 0;
  let at = open;
  for (; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token || token.kind === 'newline') continue;
    const isOperator = token.kind === 'operator';
    if (isOperator && CLOSE.has(token.text) && --depth === 0) break;
    if (isOperator && token.text === ',' && depth === 1) parts.push([]);
    else if (depth > 0) parts.at(-1)?.push(token);
    if (isOperator && OPEN.has(token.text)) depth++;
  }
  return { list: parts.filter((part) => part.length > 0).map(readArgument), last: at };
}

function readArgument(part: readonly PythonToken[]): Argument {
  const [name, equals] = part;
  const isKeyword = name?.kind === 'name' && equals?.text === '=' && part[2]?.text !== '=';
  return isKeyword ? { keyword: name.text, value: part.slice(2) } : { keyword: undefined, value: part };
}
