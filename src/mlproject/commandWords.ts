import type { Range } from './project.ts';

/** A word of a command line, and where it stands in the text. */
export interface CommandWord {
  /** Without its quotes. */
  readonly text: string;
  /** With its quotes. */
  readonly range: Range;
}

/** What ends a command of a list: `a && b; c | d`. */
const END = /[;&|\n]/;
const BLANK = /[ \t\r]/;

/**
 * The commands of a shell's line, in words. Nothing is expanded. Continued lines are one, also those that a backslash of
 * a quoted YAML text continues.
 * @param start the first character to read, @param end the one after the last
 */
export function commandsOf(text: string, { start, end }: Range): CommandWord[][] {
  const commands: CommandWord[][] = [[]];
  for (let at = start; at < end; ) {
    const character = text[at] ?? '';
    const continued = /^\\\r?\n/.exec(text.slice(at, at + 3));
    if (BLANK.test(character)) at++;
    else if (continued) at += continued[0].length;
    else if (character === '#') at = lineEnd(text, at, end);
    else if (END.test(character)) {
      commands.push([]);
      at++;
    } else {
      const word = readWord(text, at, end);
      commands.at(-1)?.push(word);
      at = word.range.end;
    }
  }
  return commands.filter((words) => words.length > 0);
}

function lineEnd(text: string, at: number, end: number): number {
  const found = text.indexOf('\n', at);
  return found < 0 || found > end ? end : found;
}

function readWord(text: string, start: number, end: number): CommandWord {
  let word = '';
  let quote = '';
  let at = start;
  for (; at < end; at++) {
    const character = text[at] ?? '';
    if (quote) {
      if (character === quote) quote = '';
      else word += character;
    } else if (character === '"' || character === "'") quote = character;
    else if (BLANK.test(character) || END.test(character)) break;
    else if (character === '\\' && at + 1 < end) word += text[++at] ?? '';
    else word += character;
  }
  return { text: word, range: { start, end: at } };
}
