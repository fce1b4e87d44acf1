import { splitWords } from '../command/shellWords.ts';

/** A Python program as a debugger starts it. */
export interface DebugTarget {
  readonly start: { readonly program: string } | { readonly module: string };
  readonly arguments: readonly string[];
  /** Options of Python itself. */
  readonly pythonArguments: readonly string[];
  /** Variables that the command sets for it. */
  readonly environment: Readonly<Record<string, string>>;
}

const PYTHON = /^(?:.*[/\\])?python(?:\d(?:\.\d+)?)?(?:\.exe)?$/i;
const FLAGS = /^-[bBdEiIOPqRsSuvx]+$/;
const WITH_VALUE = /^-[WX]/;

/**
 * Takes the command of an entry point apart, for a debugger that starts Python itself.
 * @returns why it cannot be debugged, and what to do, where it is not one Python program with its arguments
 */
export function debugTarget(command: string, isWindows?: boolean): DebugTarget | { readonly reason: string } {
  const split = splitWords(command, isWindows);
  if ('operator' in split) {
    return refuse(
      `it needs a shell for ${split.operator === 'a second line' ? split.operator : `'${split.operator}'`}`,
    );
  }
  const assigned = split.words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  const [python, ...rest] = split.words.slice(assigned);
  if (assigned < 0 || python === undefined) return refuse('it starts no program');
  if (!PYTHON.test(python)) return refuse(`it starts '${python}'`);
  const environment = Object.fromEntries(
    split.words.slice(0, assigned).map((word) => {
      const at = word.indexOf('=');
      return [word.slice(0, at), word.slice(at + 1)];
    }),
  );
  return readPython(rest, environment);
}

function readPython(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): DebugTarget | { readonly reason: string } {
  const pythonArguments: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const next = words[at + 1];
    if (FLAGS.test(word)) {
      pythonArguments.push(word);
    } else if (WITH_VALUE.test(word)) {
      pythonArguments.push(word);
      if (word.length === 2 && next !== undefined) pythonArguments.push(words[++at] ?? '');
    } else if (word === '-m' && next !== undefined) {
      return { start: { module: next }, arguments: words.slice(at + 2), pythonArguments, environment };
    } else if (word.startsWith('-')) {
      return refuse(`it gives Python the option ${word}`);
    } else {
      return { start: { program: word }, arguments: words.slice(at + 1), pythonArguments, environment };
    }
  }
  return refuse('it names no script');
}

function refuse(why: string): { readonly reason: string } {
  return {
    reason: `The command cannot be debugged: ${why}. Only commands such as \`python train.py --alpha {alpha}\` or \`python -m package\` can; put the rest into a script, or into an entry point of its own.`,
  };
}
