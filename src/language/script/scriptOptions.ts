import type { Range } from '../../mlproject/project.ts';
import { type Argument, type Call, callsOf, readArguments } from '../../pythonSource/pythonCalls.ts';
import { MAX_SOURCE, type PythonToken, pythonTokens } from '../../pythonSource/pythonTokens.ts';

/** An option of a script's command line, as `argparse`, `click` or `typer` reads it. */
export interface ScriptOption {
  /** Its flags, such as `--learning-rate` and `-l`; none for what is told by its place alone. */
  readonly flags: readonly Flag[];
  /** What the script calls the value. */
  readonly name: string;
  /** Where the option is declared: of its first flag, or its name. */
  readonly range: Range;
  /** Of the whole declaration: the call, or the parameter of the function. */
  readonly whole: Range;
  readonly library: 'argparse' | 'click' | 'typer';
  /** The Python name of its type: `float`; `undefined` where none is given. */
  readonly type: string | undefined;
  /** As written, without quotes. */
  readonly default: string | undefined;
  readonly isRequired: boolean;
  /** A flag without a value, such as `--verbose`. */
  readonly isSwitch: boolean;
  readonly help: string | undefined;
}

export interface Flag {
  readonly text: string;
  /** Of the text, without quotes. */
  readonly range: Range;
}

const CALLS = new Set(['add_argument', 'option', 'argument']);

/** The options that a script declares, in their order. */
export function scriptOptions(source: string): ScriptOption[] {
  if (source.length > MAX_SOURCE || !/argparse|click|typer/.test(source)) return [];
  const tokens = pythonTokens(source);
  const declared = callsOf(tokens, CALLS).flatMap((call) => optionOf(call, tokens));
  return [...declared, ...(source.includes('typer') ? typerOptions(tokens) : [])].sort(
    (a, b) => a.range.start - b.range.start,
  );
}

function optionOf(call: Call, tokens: readonly PythonToken[]): ScriptOption[] {
  const isArgparse = call.callee.endsWith('add_argument');
  if (!isArgparse && !/^(?:click\.)?(?:option|argument)$/.test(call.callee)) return [];
  const words = call.arguments.filter(({ keyword, value }) => keyword === undefined && value[0]?.kind === 'string');
  const flags = words.flatMap(flagOf);
  const [first] = words;
  if (!first?.value[0]) return [];
  const given = (name: string) => call.arguments.find(({ keyword }) => keyword === name)?.value;
  const named = isArgparse ? textOf(given('dest')) : textOf(words.find((word) => flagOf(word).length === 0)?.value);
  const type = given('type')
    ?.map(({ text }) => text)
    .join('');
  const action = textOf(given('action')) ?? '';
  const value = given('default');
  return [
    {
      flags,
      name: named ?? nameOf(flags, first.value[0].text),
      range: textRange(first.value[0]),
      whole: { start: tokens[call.first]?.start ?? 0, end: tokens[call.last]?.end ?? 0 },
      library: isArgparse ? 'argparse' : 'click',
      type: type?.replace(/^click\.(\w+)$/, (_, name: string) => name.toLowerCase()),
      default: literalOf(value),
      isRequired: flags.length === 0 ? value === undefined : given('required')?.[0]?.text === 'True',
      isSwitch: /^(?:store_(?:true|false)|count)$/.test(action) || given('is_flag')?.[0]?.text === 'True',
      help: textOf(given('help')),
    },
  ];
}

function flagOf({ value }: Argument): Flag[] {
  const [token] = value;
  if (token?.kind !== 'string' || !token.text.startsWith('-')) return [];
  return [{ text: token.text, range: textRange(token) }];
}

/** As argparse and click make a name of flags: the first long one, with underscores. */
function nameOf(flags: readonly Flag[], word: string): string {
  const long = flags.find(({ text }) => text.startsWith('--')) ?? flags[0];
  return (long?.text ?? word).replace(/^-+/, '').replaceAll('-', '_');
}

/** The text of a string between its quotes. */
function textRange({ start, end, text }: PythonToken): Range {
  const quotes = Math.floor((end - start - text.length) / 2);
  return { start: end - quotes - text.length, end: end - quotes };
}

function textOf(value: readonly PythonToken[] | undefined): string | undefined {
  return value?.[0]?.kind === 'string' ? value.map(({ text }) => text).join('') : undefined;
}

/** A literal as text; `undefined` for anything that has to be computed. */
function literalOf(value: readonly PythonToken[] | undefined): string | undefined {
  const text = textOf(value) ?? value?.map((token) => token.text).join('');
  const isLiteral = value?.every(
    ({ kind, text }) => kind === 'string' || kind === 'number' || /^(?:-|True|False)$/.test(text),
  );
  return isLiteral ? text : undefined;
}

/** The parameters of functions that typer makes commands of. */
function typerOptions(tokens: readonly PythonToken[]): ScriptOption[] {
  const run = callsOf(tokens, new Set(['run'])).flatMap((call) => {
    return call.callee === 'typer.run' ? (call.arguments[0]?.value[0]?.text ?? []) : [];
  });
  return tokens.flatMap((token, at) => {
    const name = tokens[at + 1];
    if (token.text !== 'def' || token.kind !== 'name' || !name || tokens[at + 2]?.text !== '(') return [];
    if (!run.includes(name.text) && !isCommand(tokens, at)) return [];
    return readArguments(tokens, at + 2).list.flatMap((argument) => typerOption(argument) ?? []);
  });
}

/** Whether `@app.command()` stands before a function, whatever else does. */
function isCommand(tokens: readonly PythonToken[], def: number): boolean {
  const before = tokens.slice(Math.max(0, def - 80), def);
  const start = before.findLastIndex(({ kind, text }) => kind === 'name' && text === 'def');
  return before.slice(start + 1).some(({ text }, at, list) => text === 'command' && list[at - 1]?.text === '.');
}

function typerOption({ keyword, value }: Argument): ScriptOption | undefined {
  // `a: float = 0.5`; without a type, `a=0.5` looks like a keyword.
  const [first] = value;
  const name = keyword ?? first?.text;
  if (!first || name === undefined || keyword !== undefined || first.kind !== 'name') return undefined;
  const equals = equalsAt(value);
  const type = value.slice(2, equals < 0 ? undefined : equals).map(({ text }) => text);
  const given = equals < 0 ? undefined : value.slice(equals + 1);
  const call = callsOf(value, new Set(['Option', 'Argument']))[0];
  const flags = (call?.arguments ?? []).flatMap(flagOf);
  const isArgument = call?.callee.endsWith('Argument') || (!call && given === undefined);
  const flag = { text: `--${name.replaceAll('_', '-')}`, range: { start: first.start, end: first.end } };
  const inCall = call?.arguments.find(({ keyword: key }) => key === undefined || key === 'default')?.value;
  const isAnnotated = type.includes('Annotated');
  const written = isAnnotated || !call ? given : inCall;
  return {
    flags: flags.length > 0 ? flags : isArgument ? [] : [flag],
    name,
    range: flags[0]?.range ?? flag.range,
    whole: { start: first.start, end: value.at(-1)?.end ?? first.end },
    library: 'typer',
    type: isAnnotated ? type[type.indexOf('Annotated') + 2] : type[0],
    default: literalOf(written),
    isRequired: written === undefined || written[0]?.text === '.',
    isSwitch: type[0] === 'bool',
    help: textOf(call?.arguments.find(({ keyword: key }) => key === 'help')?.value),
  };
}

/** The `=` before a default: brackets of the type may hold others. */
function equalsAt(value: readonly PythonToken[]): number {
  let depth = 0;
  return value.findIndex(({ kind, text }) => {
    if (kind !== 'operator') return false;
    if (/[([{]/.test(text)) depth++;
    if (/[)\]}]/.test(text)) depth--;
    return text === '=' && depth === 0;
  });
}
