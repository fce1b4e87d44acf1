import type { Report } from './problems.ts';
import type { Placeholder, Range } from './project.ts';

/** A value's format that needs a number: MLflow passes texts, so that Python fails. */
const NUMBER_FORMAT = /[bcdeEfFgGnoxX%]$/;

/**
 * Finds the placeholders of a command by the rules of Python's `str.format`, which fills them. Braces are never escaped
 * in YAML, so that the source of the scalar can be read as it stands, and offsets are those of the file.
 * @param source the text of the file @param range of the command's scalar in it
 */
export function findPlaceholders(source: string, range: Range, report: Report): Placeholder[] {
  const found: Placeholder[] = [];
  for (let at = range.start; at < range.end; at++) {
    const character = source[at];
    if (character !== '{' && character !== '}') continue;
    if (source[at + 1] === character) {
      at++;
      continue;
    }
    if (character === '}') {
      report('stray-brace', { start: at, end: at + 1 }, "A single '}': write '}}' for a brace in the command.", '}}');
      continue;
    }
    const end = endOfField(source, at, range.end);
    if (end === undefined) {
      report('stray-brace', { start: at, end: at + 1 }, "A single '{': write '{{' for a brace in the command.", '{{');
      continue;
    }
    const placeholder = readField(source, at + 1, end, report);
    if (placeholder) {
      checkQuotes(source, at, end + 1, range, report);
      found.push(placeholder, ...nestedFields(source, placeholder.range.end, end, report));
    }
    at = end;
  }
  return found;
}

/** The offset of the brace that closes a field; braces in its format count. */
function endOfField(source: string, start: number, limit: number): number | undefined {
  let depth = 0;
  for (let at = start; at < limit; at++) {
    if (source[at] === '{') depth++;
    if (source[at] === '}' && --depth === 0) return at;
  }
  return undefined;
}

/** A format may hold placeholders itself, of one level: `{text:>{width}}`. */
function nestedFields(source: string, start: number, end: number, report: Report): Placeholder[] {
  const fields = [...source.slice(start, end).matchAll(/\{([^{}]*)\}/g)];
  return fields.flatMap(({ index, 1: inner = '' }) => {
    const first = start + index + 1;
    return readField(source, first, first + inner.length, report) ?? [];
  });
}

function readField(source: string, start: number, end: number, report: Report): Placeholder | undefined {
  const match = /^([^.[!:]*)([^!:]*)(![^:]*)?(?::(.*))?$/s.exec(source.slice(start, end));
  const [name = '', access = '', conversion = '!s', format = ''] = match?.slice(1) ?? [];
  const range = { start, end: start + name.length };
  const whole = { start: start - 1, end: end + 1 };
  if (/^\d*$/.test(name)) {
    report(
      'placeholder-format',
      whole,
      `'{${name}}' names no parameter: write '{{' and '}}' for braces in the command.`,
      `{{${name}}}`,
    );
    return undefined;
  }
  if (access.startsWith('.')) {
    report('placeholder-format', whole, `A value is text and has no '${access}'.`, `{${name}}`);
  } else if (!/^![sra]$/.test(conversion)) {
    report('placeholder-format', whole, `'${conversion}' is no conversion: Python has !s, !r and !a.`, `{${name}}`);
  } else if (NUMBER_FORMAT.test(format)) {
    report('placeholder-format', whole, `A value is text, so that the number format '${format}' fails.`, `{${name}}`);
  }
  return { name, range };
}

/** Values come quoted for the shell: more quotes around them become part of what the program sees. */
function checkQuotes(source: string, start: number, end: number, scalar: Range, report: Report): void {
  const quote = source[start - 1];
  if ((quote !== "'" && quote !== '"') || source[end] !== quote) return;
  // The quotes of the YAML scalar itself are none of the command's, and escaped ones are meant.
  if (start - 1 <= scalar.start || end >= scalar.end - 1 || source[start - 2] === '\\') return;
  report(
    'quoted-placeholder',
    { start: start - 1, end: end + 1 },
    'MLflow quotes values for the shell: quotes around a placeholder end up in the value. Leave them out.',
    source.slice(start, end),
  );
}
