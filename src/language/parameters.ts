import { TextDocument } from 'vscode-languageserver-textdocument';
import type { EntryPoint, Parameter, Placeholder, Project, Range } from '../mlproject/project.ts';
import { type Script, scriptsOf } from '../mlproject/scripts.ts';
import { contains, type ProjectDocument } from './document.ts';
import { type ScriptOption, scriptOptions } from './script/scriptOptions.ts';

/** A flag of a command, and the placeholder that is its value: `--lr {lr}`, `--lr={lr}`. */
export interface FlagUse {
  /** With its dashes. */
  readonly flag: string;
  readonly range: Range;
  readonly placeholder: Placeholder;
  readonly script: Script;
}

/** Where a script declares the option that a parameter is passed to. */
export interface OptionUse {
  readonly option: ScriptOption;
  readonly uri: string;
  readonly script: TextDocument;
  readonly entryPoint: EntryPoint;
  readonly placeholder: Placeholder;
  /** Absent where the option is told by its place, or the command spells it otherwise. */
  readonly flag: FlagUse | undefined;
}

export interface ParameterUse {
  readonly entryPoint: EntryPoint;
  readonly name: string;
  /** `undefined` where the placeholder names no parameter. */
  readonly parameter: Parameter | undefined;
  readonly range: Range;
}

/** The parameter whose name, placeholder or flag stands at an offset. */
export function parameterAt({ project, text }: ProjectDocument, offset: number): ParameterUse | undefined {
  for (const entryPoint of project.entryPoints) {
    const declared = entryPoint.parameters.find(({ nameRange }) => contains(nameRange, offset));
    if (declared) return { entryPoint, name: declared.name, parameter: declared, range: declared.nameRange };
    if (!entryPoint.command || !contains(entryPoint.command.range, offset)) continue;
    const placeholder = entryPoint.command.placeholders.find(({ range }) => contains(range, offset));
    const flag = placeholder ? undefined : flagUses(entryPoint, text).find(({ range }) => contains(range, offset));
    const name = placeholder?.name ?? flag?.placeholder.name;
    const range = placeholder?.range ?? flag?.range;
    if (name === undefined || !range) continue;
    return { entryPoint, name, parameter: entryPoint.parameters.find((parameter) => parameter.name === name), range };
  }
  return undefined;
}

/** The entry point whose lines hold an offset. */
export function entryPointAt(project: Project, text: string, offset: number): EntryPoint | undefined {
  return project.entryPoints.findLast(({ range }) => text.lastIndexOf('\n', range.start - 1) + 1 <= offset);
}

/** The flags of a command whose value is a placeholder. */
export function flagUses({ command }: EntryPoint, text: string): FlagUse[] {
  if (!command) return [];
  return scriptsOf(command, text).flatMap((script) =>
    script.words.flatMap((word, at): FlagUse[] => {
      const placeholder = command.placeholders.find(({ range }) => contains(word.range, range.start));
      const before = script.words[at - 1];
      if (!placeholder) return [];
      const [joined] = /^--?[A-Za-z][\w-]*(?==)/.exec(text.slice(word.range.start, word.range.end)) ?? [];
      if (joined !== undefined) {
        const range = { start: word.range.start, end: word.range.start + joined.length };
        return [{ flag: joined, range, placeholder, script }];
      }
      if (!before || !/^--?[A-Za-z][\w-]*$/.test(before.text)) return [];
      return [{ flag: before.text, range: before.range, placeholder, script }];
    }),
  );
}

/** The options of scripts that the placeholders of an entry point are passed to. */
export function optionUses({ folder, text }: ProjectDocument, entryPoint: EntryPoint): OptionUse[] {
  const { command } = entryPoint;
  if (!command || !folder) return [];
  const flags = flagUses(entryPoint, text);
  return scriptsOf(command, text).flatMap(({ path, words }) => {
    const source = path.endsWith('.py') ? folder.read(path) : undefined;
    const options = source === undefined ? [] : scriptOptions(source);
    if (source === undefined || options.length === 0) return [];
    const uri = folder.uriOf(path);
    const script = TextDocument.create(uri, 'python', 0, source);
    return command.placeholders.flatMap((placeholder): OptionUse[] => {
      if (!words.some(({ range }) => contains(range, placeholder.range.start))) return [];
      const flag = flags.find((use) => use.placeholder === placeholder);
      const option = options.find(({ flags: own, name }) =>
        flag ? own.some((other) => other.text === flag.flag) : own.length === 0 && name === placeholder.name,
      );
      return option ? [{ option, uri, script, entryPoint, placeholder, flag }] : [];
    });
  });
}
