import type { DocumentLink } from 'vscode-languageserver';
import { scriptsOf } from '../mlproject/scripts.ts';
import { type ProjectDocument, toLspRange } from './document.ts';

/** Links to the file of the environment and to the scripts of commands, as far as they are there. */
export function documentLinks({ document, folder, project, text }: ProjectDocument): DocumentLink[] {
  if (!folder) return [];
  const { environment, entryPoints } = project;
  const scripts = environment?.kind === 'docker_env' ? [] : entryPoints;
  const named = [
    ...(environment?.path ? [{ path: environment.path.value, range: environment.path.range }] : []),
    ...scripts.flatMap(({ command }) => (command ? scriptsOf(command, text) : [])),
  ];
  return named
    .filter(({ path }) => folder.exists(path))
    .map(({ path, range }) => ({ range: toLspRange(document, range), target: folder.uriOf(path) }));
}
