import { TextEdit } from 'vscode-languageserver';
import { yamlText } from '../script/declaration.ts';
import type { Fixer } from './fix.ts';
import { indentAt, isFirstInLine, lineEnd } from './lines.ts';

/** A name for the project, that of its folder. */
export const addName: Fixer = ({ document, folder, text }) => {
  const name = yamlText(folder?.name || 'my-project');
  const at = /^\ufeff?(?:%.*\n|---\n)*/.exec(text)?.[0].length ?? 0;
  return {
    title: `Add a name: ${name}`,
    edits: [TextEdit.insert(document.positionAt(at), `name: ${name}\n`)],
    isPreferred: true,
  };
};

/** A command for an entry point that has none, with all its parameters. */
export const addCommand: Fixer = ({ document, folder, project, text }, { range }) => {
  const entryPoint = project.entryPoints.find(({ nameRange }) => nameRange.start === range.start);
  if (!entryPoint || entryPoint.command || !isFirstInLine(text, range.start)) return undefined;
  const script = folder?.list('.').find((name) => name.endsWith('.py')) ?? 'train.py';
  const options = entryPoint.parameters.map(({ name }) => ` --${name} {${name}}`).join('');
  const indent = `${indentAt(text, range.start)}  `;
  const end = lineEnd(text, Math.max(entryPoint.nameRange.end, entryPoint.range.end - 1));
  const open = text[end - 1] === '\n' ? '' : '\n';
  return {
    title: 'Add a command',
    edits: [TextEdit.insert(document.positionAt(end), `${open}${indent}command: "python ${script}${options}"\n`)],
    isPreferred: true,
  };
};

/** An image for a Docker environment that is written in lines. */
export const addImage: Fixer = ({ document, text }, { range }) => {
  if (
    !isFirstInLine(text, range.start) ||
    !/^docker_env\s*:\s*(?:#.*)?$/m.test(text.slice(range.start, lineEnd(text, range.start)))
  ) {
    return undefined;
  }
  const at = document.positionAt(lineEnd(text, range.start));
  return { title: 'Add an image', edits: [TextEdit.insert(at, '  image: python:3.11-slim\n')], isPreferred: true };
};

/** A whole project, for an empty file. */
export const addProject: Fixer = ({ document, folder, text }) => {
  const name = yamlText(folder?.name || 'my-project');
  const project = `name: ${name}\nentry_points:\n  main:\n    parameters:\n      alpha: {type: float, default: 0.5}\n    command: "python train.py --alpha {alpha}"\n`;
  const open = text === '' || text.endsWith('\n') ? '' : '\n';
  return {
    title: 'Write a project with one entry point',
    edits: [TextEdit.insert(document.positionAt(text.length), open + project)],
    isPreferred: true,
  };
};
