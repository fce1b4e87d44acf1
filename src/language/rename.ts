import {
  LSPErrorCodes,
  type Range as LspRange,
  ResponseError,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range } from '../mlproject/project.ts';
import { type ProjectDocument, toLspRange } from './document.ts';
import { occurrencesOf } from './occurrences.ts';
import { type OptionUse, optionUses, type ParameterUse, parameterAt } from './parameters.ts';

/** What `str.format` reads as a name, and YAML as a text. */
const NAME = /^[A-Za-z_][\w-]*$/;
const NO_TEXT = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

export interface RenameTarget {
  readonly range: LspRange;
  readonly placeholder: string;
}

export function prepareRename(project: ProjectDocument, offset: number): RenameTarget | undefined {
  const use = parameterAt(project, offset);
  if (!use) return undefined;
  return { range: toLspRange(project.document, withoutQuotes(project.text, use.range)), placeholder: use.name };
}

/**
 * Renames a parameter: its declaration, its placeholders, and, where flags are called like it, the flags of commands and
 * the options of scripts. In the script the value keeps its name, by `dest` of argparse or the name of click.
 * @throws a ResponseError for a name that cannot be one
 */
export function rename(project: ProjectDocument, offset: number, newName: string): WorkspaceEdit | undefined {
  const use = parameterAt(project, offset);
  if (!use) return undefined;
  checkName(use, newName);
  const edits = new Edits();
  const { document, text, uri } = project;
  const { declaration, placeholders, options } = occurrencesOf(project, use);
  for (const range of [...(declaration ? [withoutQuotes(text, declaration)] : []), ...placeholders]) {
    edits.replace(uri, document, range, newName);
  }
  for (const optionUse of options) renameOption(project, use, optionUse, newName, edits);
  return { changes: edits.changes };
}

function checkName({ entryPoint, name }: ParameterUse, newName: string): void {
  const refuse = (message: string) => new ResponseError(LSPErrorCodes.RequestFailed, message);
  if (!NAME.test(newName) || NO_TEXT.test(newName)) {
    throw refuse(`'${newName}' cannot be the name of a parameter: take letters, digits, '_' and '-'.`);
  }
  if (newName !== name && entryPoint.parameters.some((parameter) => parameter.name === newName)) {
    throw refuse(`Entry point '${entryPoint.name}' has a parameter '${newName}' already.`);
  }
}

function renameOption(project: ProjectDocument, { name }: ParameterUse, use: OptionUse, newName: string, edits: Edits) {
  const { flag, option, script, uri } = use;
  const own = option.flags.find(({ text }) => text === flag?.flag);
  // What typer makes of the name of a function's parameter is renamed with the function.
  const isExplicit =
    option.library !== 'typer' || option.name !== script.getText().slice(own?.range.start, own?.range.end);
  if (!flag || !own || !isExplicit || spelling(own.text) !== spelling(name)) return;
  const renamed = `--${own.text.includes('_') || !own.text.slice(2).includes('-') ? newName : newName.replaceAll('_', '-')}`;
  edits.replace(uri, script, own.range, renamed);
  const keep = nameKept(option, own.text, script.getText());
  if (keep) edits.replace(uri, script, keep.range, keep.text);
  // Other entry points may run the same script with the same flag.
  for (const entryPoint of project.project.entryPoints) {
    for (const other of optionUses(project, entryPoint)) {
      const isSame =
        other.uri === uri && other.option.range.start === option.range.start && other.flag?.flag === own.text;
      if (other.flag && isSame) edits.replace(project.uri, project.document, other.flag.range, renamed);
    }
  }
}

/** What keeps the name of the value in the script, where it followed from the flag. */
function nameKept(
  option: OptionUse['option'],
  flag: string,
  source: string,
): { range: Range; text: string } | undefined {
  if (option.library === 'typer' || spelling(flag) !== spelling(option.name)) return undefined;
  const declaration = source.slice(option.whole.start, option.whole.end);
  if (option.library === 'argparse' && /\bdest\s*=/.test(declaration)) return undefined;
  const last = Math.max(...option.flags.map(({ range }) => range.end)) + 1;
  const isNamed = option.library === 'click' && new RegExp(`['"]${option.name}['"]`).test(declaration);
  if (isNamed) return undefined;
  const text = option.library === 'argparse' ? `, dest="${option.name}"` : `, "${option.name}"`;
  return { range: { start: last, end: last }, text };
}

/** `--learning-rate` and `learning_rate` are the same name. */
function spelling(name: string): string {
  return name.replace(/^-+/, '').replaceAll('-', '_');
}

function withoutQuotes(text: string, range: Range): Range {
  return /^["']/.test(text.slice(range.start, range.end)) ? { start: range.start + 1, end: range.end - 1 } : range;
}

/** Edits of several files, none twice. */
class Edits {
  readonly changes: Record<string, TextEdit[]> = {};

  replace(uri: string, document: TextDocument, range: Range, newText: string): void {
    const edits = this.changes[uri] ?? [];
    this.changes[uri] = edits;
    const edit = { range: toLspRange(document, range), newText };
    if (!edits.some((known) => JSON.stringify(known) === JSON.stringify(edit))) edits.push(edit);
  }
}
