import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import type { EntryPoint } from '../../mlproject/project.ts';
import { scriptsOf } from '../../mlproject/scripts.ts';
import { describeParameter } from '../describeParameter.ts';
import { type ProjectDocument, toLspRange } from '../document.ts';
import { entryPointAt } from '../parameters.ts';
import { unpassedOptions } from '../script/declaration.ts';
import { filesAt } from './completeFiles.ts';

/** Before the cursor (characters): a word of a command is not longer. */
const REACH = 200;

/** In a command: parameters after a brace, options of the script after dashes, scripts after `python`. */
export function completeCommand(project: ProjectDocument, offset: number): CompletionItem[] {
  const { text, folder } = project;
  const before = text.slice(Math.max(0, offset - REACH), offset);
  const entryPoint = entryPointAt(project.project, text, offset);
  if (/(?<!\{)(?:\{\{)*\{[\w-]*$/.test(before)) return placeholders(entryPoint, text[offset] === '}');
  const [flag] = /(?<=\s)--?[\w-]*$/.exec(before) ?? [];
  if (flag !== undefined && entryPoint) return options(project, entryPoint, flag, offset);
  const [, typed] = /\b(?:python[\d.]*|bash|sh)\s+([\w./-]*)$/.exec(before) ?? [];
  if (typed === undefined || typed.startsWith('-') || !folder) return [];
  return filesAt(project, folder, typed, /\.(?:py|sh)$/, { start: offset - typed.length, end: offset });
}

function placeholders(entryPoint: EntryPoint | undefined, isClosed: boolean): CompletionItem[] {
  return (entryPoint?.parameters ?? [])
    .filter(({ name }) => !/[.[\]{}!:]|^\d+$/.test(name))
    .map((parameter) => ({
      label: parameter.name,
      kind: CompletionItemKind.Variable,
      detail: describeParameter(parameter),
      ...(parameter.description === undefined ? {} : { documentation: parameter.description }),
      insertText: isClosed ? parameter.name : `${parameter.name}}`,
    }));
}

function options(project: ProjectDocument, entryPoint: EntryPoint, typed: string, offset: number): CompletionItem[] {
  const range = toLspRange(project.document, { start: offset - typed.length, end: offset });
  const names = new Set(entryPoint.parameters.map(({ name }) => name));
  const scripts = entryPoint.command ? scriptsOf(entryPoint.command, project.text) : [];
  return scripts.flatMap((script) =>
    unpassedOptions(project, script).map(({ flags, name, isSwitch, help, type, default: value }) => {
      const flag = flags.find(({ text }) => text.startsWith('--'))?.text ?? flags[0]?.text ?? '';
      const newText = !isSwitch && names.has(name) ? `${flag} {${name}}` : flag;
      return {
        label: newText,
        kind: CompletionItemKind.Field,
        detail: [type, value === undefined ? '' : `= ${value}`].filter(Boolean).join(' '),
        ...(help !== undefined && { documentation: help }),
        textEdit: { range, newText },
      };
    }),
  );
}
