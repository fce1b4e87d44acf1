import { type CommandWord, commandsOf } from './commandWords.ts';
import type { Command, Range } from './project.ts';

/** A program that a command runs from the project's folder. */
export interface Script {
  /** As written: relative to the folder. */
  readonly path: string;
  readonly range: Range;
  /** Whether it is named as a module, `python -m package.module`: that may be installed as well. */
  readonly isModule: boolean;
  /** What follows it in its command. */
  readonly words: readonly CommandWord[];
}

const INTERPRETER = /^(?:python(?:\d(?:\.\d+)?)?|bash|sh|zsh|Rscript|(?:\$\{\{)?SHELL(?:\}\})?)$/;
const SCRIPT = /^[^-{}$*~/][^{}$*]*\.(?:py|sh|R|r)$/;
/** Programs after which files may be there that were not, or others be meant. */
const CHANGES = /^(?:cd|pushd|git|curl|wget|unzip|tar|cp|mv|rsync|aws|gsutil|az|make|dvc)$/;
/** Programs that go on to run another one, with the number of their own arguments not known. */
const STARTER =
  /^(?:torchrun|accelerate|spark-submit|streamlit|uv|poetry|pipenv|mpirun|deepspeed|nohup|time|exec|env)$/;

/**
 * The scripts that a command runs, as far as they can be told from its words: those that an interpreter gets as its first
 * argument, before a program that changes the folder or what is in it.
 * @param source the text of the file
 */
export function scriptsOf(command: Command, source: string): Script[] {
  const scripts: Script[] = [];
  for (const words of commandsOf(source, contentOf(command, source))) {
    const rest = withoutVariables(words);
    const [program] = rest;
    if (program && CHANGES.test(program.text)) break;
    const at = scriptAt(rest);
    const script = rest[at];
    if (!script) continue;
    const isModule = rest[at - 1]?.text === '-m';
    const path = isModule ? `${script.text.replaceAll('.', '/')}.py` : script.text;
    scripts.push({ path, range: script.range, isModule, words: rest.slice(at + 1) });
  }
  return scripts;
}

/** The place of the script among the words of a command; -1 where there is none. */
function scriptAt(words: readonly CommandWord[]): number {
  const [program] = words;
  if (!program) return -1;
  if (STARTER.test(program.text)) return words.findIndex(({ text }, at) => at > 0 && SCRIPT.test(text));
  if (!INTERPRETER.test(program.text)) return -1;
  // Flags without values may stand between; `-c` has no script after it.
  const at = words.findIndex(({ text }, place) => place > 0 && !/^-[uOBsSEIiqvdx]+$/.test(text));
  const next = words[at + 1]?.text ?? '';
  if (words[at]?.text === '-m') return /^[A-Za-z_][\w.]*$/.test(next) ? at + 1 : -1;
  return SCRIPT.test(words[at]?.text ?? '') ? at : -1;
}

/** Without `NAME=value` before the program. */
function withoutVariables(words: readonly CommandWord[]): readonly CommandWord[] {
  const first = words.findIndex(({ text }) => !/^\w+=/.test(text));
  return first < 0 ? [] : words.slice(first);
}

/** The place of the text itself: without the quotes of the YAML scalar, or the `|` of a block. */
export function contentOf({ range }: Command, source: string): Range {
  const first = source[range.start];
  if (first === '"' || first === "'") return { start: range.start + 1, end: Math.max(range.start + 1, range.end - 1) };
  const header = /^[|>][-+\d]*[ \t]*(?:#.*)?\r?\n/.exec(source.slice(range.start, range.end));
  return header ? { start: range.start + header[0].length, end: range.end } : range;
}
