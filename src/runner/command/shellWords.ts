/** The words of a simple command, or what in it only a shell can do. */
export type ShellWords = { readonly words: readonly string[] } | { readonly operator: string };

/**
 * Splits a command into words as the shell that runs entry points does: a POSIX one, or `cmd` with the C runtime.
 * @returns the first operator or expansion (`&&`, `|`, `$x`, `*`, …) where the command is more than one program with its
 * arguments; also for a quote that is not closed
 */
export function splitWords(text: string, isWindows = process.platform === 'win32'): ShellWords {
  const rules = isWindows ? WINDOWS : POSIX;
  const words: string[] = [];
  let word: string | undefined;
  let rest = text.trim();
  while (rest !== '') {
    const blank = rules.blank.exec(rest);
    if (blank) {
      if (word !== undefined) words.push(word);
      word = undefined;
      rest = rest.slice(blank[0].length);
      continue;
    }
    const piece = rules.read(rest, word === undefined);
    if ('operator' in piece) return piece;
    word = (word ?? '') + piece.text;
    rest = rest.slice(piece.length);
  }
  return { words: word === undefined ? words : [...words, word] };
}

/** The value that was quoted for a command; a text that is no single word, such as one that was never quoted, as it is. */
export function unquote(text: string, isWindows?: boolean): string {
  const split = splitWords(text, isWindows);
  return 'words' in split && split.words.length === 1 ? (split.words[0] ?? text) : text;
}

/** The beginning of what is left: what it stands for, and how many characters that takes. */
type Piece = { readonly text: string; readonly length: number } | { readonly operator: string };

interface Rules {
  readonly blank: RegExp;
  read(rest: string, isWordStart: boolean): Piece;
}

const POSIX: Rules = {
  blank: /^(?:[ \t]|\\\n)+/,
  read(rest, isWordStart) {
    const single = /^'([^']*)'/.exec(rest);
    if (single) return { text: single[1] ?? '', length: single[0].length };
    const double = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(rest);
    if (double) return readDouble(double[1] ?? '', double[0].length);
    const escaped = /^\\([^\n])/.exec(rest);
    if (escaped) return { text: escaped[1] ?? '', length: 2 };
    const special = /^(?:&&|\|\||>>|<<|[;|&<>()$`*?[\]'"\\\n])/.exec(rest) ?? (isWordStart ? /^[~#]/.exec(rest) : null);
    if (special) return { operator: special[0] === '\n' ? 'a second line' : special[0] };
    const plain = /^[^\s'"\\;|&<>()$`*?[\]]+/.exec(rest)?.[0] ?? rest.slice(0, 1);
    return { text: plain, length: plain.length };
  },
};

function readDouble(inner: string, length: number): Piece {
  const expansion = /(?<!\\)(?:\\\\)*([$`])/.exec(inner)?.[1];
  if (expansion !== undefined) return { operator: expansion };
  return { text: inner.replace(/\\([$`"\\])/g, '$1').replaceAll('\\\n', ''), length };
}

const WINDOWS: Rules = {
  blank: /^[ \t]+/,
  read(rest) {
    const quoted = /^"((?:[^"\\]|\\+[^"\\]|\\*\\")*?)((?:\\\\)*)"/.exec(rest);
    if (quoted) {
      const text = `${quoted[1]}${quoted[2]}`;
      const read = text.replace(/(\\+)"/g, (_, slashes: string) => `${slashes.slice(0, (slashes.length - 1) / 2)}"`);
      return {
        text: read.replace(/(\\\\)+$/, (it) => it.slice(0, it.length / 2)).replaceAll('%%', '%'),
        length: quoted[0].length,
      };
    }
    const special = /^(?:&&|\|\||[&|<>^%"\n])/.exec(rest);
    if (special) return { operator: special[0] === '\n' ? 'a second line' : special[0] };
    const plain = /^[^\s"&|<>^%]+/.exec(rest)?.[0] ?? rest.slice(0, 1);
    return { text: plain, length: plain.length };
  },
};
