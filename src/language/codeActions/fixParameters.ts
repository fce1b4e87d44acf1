import { TextEdit } from 'vscode-languageserver';
import { contentOf } from '../../mlproject/scripts.ts';
import { contains, toLspRange } from '../document.ts';
import { parameterAt } from '../parameters.ts';
import { declarationOf, undeclaredOptions } from '../script/declaration.ts';
import type { Fixer } from './fix.ts';
import { insertParameters } from './insertParameters.ts';
import { flowEntryAt, isFirstInLine } from './lines.ts';
import { removeLines } from './removeEntry.ts';

/** Declares what a placeholder names, as the script has it where it does; or makes literal braces of it. */
export const declareParameter: Fixer = (project, { range }) => {
  const { document, text } = project;
  const entryPoint = project.project.entryPoints.find(({ command }) => command && contains(command.range, range.start));
  const name = text.slice(range.start, range.end);
  if (!entryPoint) return undefined;
  const braces = { start: range.start - 1, end: text.indexOf('}', range.end) + 1 };
  const escaped = `{${text.slice(braces.start, braces.end)}}`;
  const isVariable = text[braces.start - 1] === '$' || !/^[A-Za-z_][\w-]*$/.test(name);
  const option = undeclaredOptions(project, entryPoint).find((candidate) => candidate.name === name);
  const declare = {
    title: `Declare parameter '${name}'`,
    edits: insertParameters(project, entryPoint, [option ? declarationOf(option) : `${name}: string`]),
    isPreferred: !isVariable,
  };
  const double = {
    title: `Write '${escaped}' for the braces themselves`,
    edits: [TextEdit.replace(toLspRange(document, braces), escaped)],
    isPreferred: isVariable,
  };
  return isVariable ? [double, ...(/^[A-Za-z_][\w-]*$/.test(name) ? [declare] : [])] : [declare, double];
};

/** Adds ` --name {name}` to the command. */
export const passParameter: Fixer = (project, { range }) => {
  const use = parameterAt(project, range.start);
  const command = use?.entryPoint.command;
  if (!use || !command) return undefined;
  const { start, end } = contentOf(command, project.text);
  const at = start + project.text.slice(start, end).trimEnd().length;
  return {
    title: `Pass it to the command: --${use.name} {${use.name}}`,
    edits: [TextEdit.insert(project.document.positionAt(at), ` --${use.name} {${use.name}}`)],
    isPreferred: true,
  };
};

export const removeParameter: Fixer = (project, { range }) => {
  const use = parameterAt(project, range.start);
  if (!use?.parameter) return undefined;
  const { document, text } = project;
  const title = `Remove parameter '${use.name}'`;
  if (isFirstInLine(text, range.start) && use.entryPoint.parameters.length > 1) {
    return removeLines(project, range.start, title);
  }
  if (isFirstInLine(text, range.start)) return removeLines(project, text.lastIndexOf('parameters', range.start), title);
  return { title, edits: [TextEdit.del(toLspRange(document, flowEntryAt(text, use.parameter.range)))] };
};
