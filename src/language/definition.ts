import type { LocationLink } from 'vscode-languageserver';
import { contentOf, scriptsOf } from '../mlproject/scripts.ts';
import { contains, type ProjectDocument, toLspRange } from './document.ts';
import { occurrencesOf } from './occurrences.ts';
import { parameterAt } from './parameters.ts';

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Where the parameter at an offset is declared, and the option of the script that it is passed to; or the file named there. */
export function definition(project: ProjectDocument, offset: number): LocationLink[] {
  const use = parameterAt(project, offset);
  if (!use) return fileAt(project, offset);
  const originSelectionRange = toLspRange(project.document, use.range);
  const { declaration, options } = occurrencesOf(project, use);
  const links = options.map(({ uri, script, option }) => ({
    originSelectionRange,
    targetUri: uri,
    targetRange: toLspRange(script, option.whole),
    targetSelectionRange: toLspRange(script, option.range),
  }));
  if (!declaration || !use.parameter) return links;
  return [
    {
      originSelectionRange,
      targetUri: project.uri,
      targetRange: toLspRange(project.document, use.parameter.range),
      targetSelectionRange: toLspRange(project.document, declaration),
    },
    ...links,
  ];
}

function fileAt({ document, folder, project, text }: ProjectDocument, offset: number): LocationLink[] {
  if (!folder) return [];
  const environment = project.environment?.path;
  const named = [
    ...(environment ? [{ path: environment.value, range: environment.range }] : []),
    ...project.entryPoints.flatMap(({ command }) => {
      return command && contains(contentOf(command, text), offset) ? scriptsOf(command, text) : [];
    }),
  ];
  return named
    .filter(({ path, range }) => contains(range, offset) && folder.exists(path))
    .map(({ path, range }) => ({
      originSelectionRange: toLspRange(document, range),
      targetUri: folder.uriOf(path),
      targetRange: START,
      targetSelectionRange: START,
    }));
}
