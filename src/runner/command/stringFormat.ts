import { invalidParameter } from '../../entities/error.ts';

/**
 * A command with its placeholders filled as Python's `str.format` does with texts: `{x}`, `{x!r}`, `{x[0]}`, `{x:>10}`,
 * and `{{` for a brace.
 * @throws INVALID_PARAMETER_VALUE where Python would raise: an unknown name, a stray brace, the format of a number
 */
export function formatCommand(command: string, values: ReadonlyMap<string, string>): string {
  let filled = '';
  for (let at = 0; at < command.length; at++) {
    const character = command[at] ?? '';
    if ((character === '{' || character === '}') && command[at + 1] === character) {
      filled += character;
      at += 1;
    } else if (character === '{') {
      const end = endOfField(command, at);
      filled += formatField(command.slice(at + 1, end), values);
      at = end;
    } else if (character === '}') {
      throw invalidParameter("The command has a single '}': write '}}' for a brace that is meant.");
    } else filled += character;
  }
  return filled;
}

/** The place of the brace that closes the one at `start`; formats can hold fields. */
function endOfField(command: string, start: number): number {
  let depth = 0;
  for (let at = start; at < command.length; at++) {
    if (command[at] === '{') depth += 1;
    else if (command[at] === '}' && --depth === 0) return at;
  }
  throw invalidParameter("The command has a single '{': write '{{' for a brace that is meant.");
}

function formatField(field: string, values: ReadonlyMap<string, string>): string {
  const parts = /^([^.[!:{]*)((?:\[[^\]]*\])*)(\.[^!:]*)?(?:!([^:]))?(?::(.*))?$/s.exec(field);
  const [name = '', indexes = '', attribute, conversion, format = ''] = parts?.slice(1) ?? [];
  const value = parts && !/^\d*$/.test(name) ? values.get(name) : undefined;
  if (value === undefined)
    throw invalidParameter(`The command uses '{${field}}', which is no parameter of the entry point.`);
  if (attribute !== undefined)
    throw invalidParameter(`The command uses '{${field}}': a value is text and has no '${attribute}'.`);
  const picked = [...indexes.matchAll(/\[([^\]]*)\]/g)].reduce(
    (text, [, index = '']) => characterAt(text, index, field),
    value,
  );
  return pad(convert(picked, conversion, field), formatCommand(format, values), field);
}

function characterAt(text: string, index: string, field: string): string {
  const character = /^\d+$/.test(index) ? [...text][Number(index)] : undefined;
  if (character === undefined) throw invalidParameter(`The command uses '{${field}}': the value has no '[${index}]'.`);
  return character;
}

function convert(text: string, conversion: string | undefined, field: string): string {
  switch (conversion) {
    case undefined:
    case 's':
      return text;
    case 'r':
      return quoteAsPython(text);
    case 'a':
      return quoteAsPython(text).replace(/[^\x20-\x7e]/gu, (character) => escapeCharacter(character));
    default:
      throw invalidParameter(`The command uses '{${field}}': Python knows the conversions !s, !r and !a.`);
  }
}

/** As `repr` of a `str`: in single quotes, unless it holds only such ones. */
function quoteAsPython(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replace(/\\/g, '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    .replace(/\p{Cc}/gu, (character) => escapeCharacter(character));
  return `${quote}${escaped}${quote}`;
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}

const FORMAT = /^(?:(.)?([<>^]))?(0)?(\d+)?(?:\.(\d+))?s?$/su;

/** The part of the format language that texts have: fill, alignment, width, precision. */
function pad(text: string, format: string, field: string): string {
  const parts = FORMAT.exec(format);
  if (!parts)
    throw invalidParameter(`The command uses '{${field}}': a value is text, which has no format '${format}'.`);
  const [, fill, align = '<', zero, width = '0', precision] = parts;
  const characters = [...text].slice(0, precision === undefined ? undefined : Number(precision));
  const missing = Math.max(0, Number(width) - characters.length);
  const filler = fill ?? zero ?? ' ';
  const left = align === '>' ? missing : align === '^' ? Math.floor(missing / 2) : 0;
  return filler.repeat(left) + characters.join('') + filler.repeat(missing - left);
}
