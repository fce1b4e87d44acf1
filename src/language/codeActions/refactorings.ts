import { TextEdit } from 'vscode-languageserver';
import { readCondaEnv } from '../../mlproject/readCondaEnv.ts';
import { contentOf } from '../../mlproject/scripts.ts';
import { contains, type ProjectDocument, toLspRange } from '../document.ts';
import { entryPointAt } from '../parameters.ts';
import { declarationOf, undeclaredOptions } from '../script/declaration.ts';
import type { Fix } from './fix.ts';
import { insertParameters } from './insertParameters.ts';
import { indentAt, lineStart } from './lines.ts';

const PYTHON_ENV = 'python_env.yaml';

/** Turns a conda environment into one of Python alone, which MLflow makes without conda. */
export function convertConda({ document, folder, project, text }: ProjectDocument, offset: number): Fix | undefined {
  const { environment } = project;
  if (environment?.kind !== 'conda_env' || !environment.path || !contains(environment.range, offset)) return undefined;
  const conda = folder?.read(environment.path.value);
  if (!folder || conda === undefined || folder.exists(PYTHON_ENV)) return undefined;
  const { python, build, pip, left } = readCondaEnv(conda);
  const list = (key: string, items: readonly string[]) =>
    items.length === 0
      ? ''
      : `${key}:\n${items.map((item) => `  - ${/^[A-Za-z][\w.=<>!~,-]*$/.test(item) ? item : JSON.stringify(item)}\n`).join('')}`;
  const note = left.map((item) => `# Not from PyPI by this name, perhaps: ${item}\n`).join('');
  const file = `${python === undefined ? '' : `python: "${python}"\n`}${list('build_dependencies', build)}${list('dependencies', pip)}${note}`;
  const range = toLspRange(document, { start: lineStart(text, environment.range.start), end: environment.range.end });
  return {
    title: `Turn it into a python_env (${PYTHON_ENV})`,
    edits: [TextEdit.replace(range, `${indentAt(text, environment.range.start)}python_env: ${PYTHON_ENV}`)],
    newFiles: [{ path: PYTHON_ENV, text: file || '{}\n' }],
  };
}

/** Makes parameters of all options of the script that the command does not pass yet, and passes them. */
export function generateParameters(project: ProjectDocument, offset: number): Fix | undefined {
  const { document, text } = project;
  const entryPoint = entryPointAt(project.project, text, offset);
  if (
    !entryPoint?.command ||
    !contains({ ...entryPoint.range, start: lineStart(text, entryPoint.range.start) }, offset)
  ) {
    return undefined;
  }
  const options = undeclaredOptions(project, entryPoint);
  if (options.length === 0) return undefined;
  const { start, end } = contentOf(entryPoint.command, text);
  const at = start + text.slice(start, end).trimEnd().length;
  const used = new Set(entryPoint.command.placeholders.map(({ name }) => name));
  const passed = options
    .filter(({ name }) => !used.has(name))
    .map(({ flags, name }) => {
      const flag = flags.find(({ text: own }) => own.startsWith('--')) ?? flags[0];
      return ` ${flag?.text} {${name}}`;
    });
  const names = options.map(({ name }) => name).join(', ');
  return {
    title: `Make parameters of the script's options: ${names.length > 40 ? `${names.slice(0, 39)}…` : names}`,
    edits: [
      ...insertParameters(project, entryPoint, options.map(declarationOf)),
      TextEdit.insert(document.positionAt(at), passed.join('')),
    ],
  };
}
