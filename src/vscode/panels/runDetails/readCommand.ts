import { Uri, workspace } from 'vscode';
import type { Run } from '../../../entities/run.ts';
import { isProjectFileName } from '../../../mlproject/project.ts';
import { unquote } from '../../../runner/command/shellWords.ts';
import { sourceFolder } from '../../../runner/project/projectSources.ts';
import { projectSource } from '../../../views/projectRun.ts';
import { projectCommand } from '../../../views/runDetails/projectCommand.ts';
import { readProjectFile } from '../../editors/readProject.ts';

/** The command that makes a run of a project again; with its parameters where its project is in the workspace. */
export async function readCommand(run: Run): Promise<string | undefined> {
  const source = projectSource(run);
  if (!source) return undefined;
  return projectCommand(run, await declaredParameters(source.name, source.entryPoint), unquote);
}

async function declaredParameters(source: string, entryPoint: string): Promise<readonly string[]> {
  const place = sourceFolder(source);
  const folder = place === undefined ? undefined : Uri.file(place);
  if (!folder || !workspace.getWorkspaceFolder(folder)) return [];
  try {
    const names = (await workspace.fs.readDirectory(folder)).map(([name]) => name);
    const file = names.find(isProjectFileName);
    const project = file === undefined ? undefined : await readProjectFile(Uri.joinPath(folder, file));
    const found = project?.entryPoints.find(({ name }) => name === entryPoint);
    return found?.parameters.map(({ name }) => name) ?? [];
  } catch {
    return []; // the project is gone
  }
}
