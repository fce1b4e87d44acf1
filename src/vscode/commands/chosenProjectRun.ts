import { Uri, workspace } from 'vscode';
import { isProjectFileName } from '../../mlproject/project.ts';
import type { RunFormInput } from '../../protocol/runForm.ts';
import { unquote } from '../../runner/command/shellWords.ts';
import { sourceFolder } from '../../runner/project/projectSources.ts';
import { expandValues } from '../../runner/sweepValues.ts';
import { inputOfRun, projectSource } from '../../views/projectRun.ts';
import { type EntryPointPlace, entryPointsOf } from '../editors/entryPoints.ts';
import { chosenRuns } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

interface ProjectRun {
  readonly place: EntryPointPlace;
  /** What the run was made with. */
  readonly input: RunFormInput;
}

/** The entry point and the parameters of the run that a command is about. @throws an Error where it cannot be run again */
export async function chosenProjectRun(
  context: CommandContext,
  target: unknown,
  title: string,
): Promise<ProjectRun | undefined> {
  if (!workspace.isTrusted) throw new Error('Entry points are not run in Restricted Mode.');
  const [chosen] = await chosenRuns(context, target, undefined, title);
  if (!chosen) return undefined;
  const { connection, run } = chosen;
  const source = projectSource(run);
  if (!source)
    throw new Error(`'${run.info.runName}' is no run of an MLproject entry point, so it is not known how to run it.`);
  const places = await entryPointsOf(await projectFile(source.name));
  const place = places.find(({ entryPoint }) => entryPoint.name === source.entryPoint);
  if (!place)
    throw new Error(`The MLproject file in ${source.name} has no entry point '${source.entryPoint}' any more.`);
  const { name } = await connection.tracking.getExperiment(run.info.experimentId);
  return { place, input: inputOfRun(place.entryPoint, run, name, unquote, expandValues) };
}

async function projectFile(source: string): Promise<Uri> {
  const place = sourceFolder(source);
  const folder = Uri.file(place ?? source);
  if (place === undefined || !workspace.getWorkspaceFolder(folder)) {
    throw new Error(
      `The project of this run, ${source}, lies outside of the workspace: open its folder to run it again.`,
    );
  }
  const files = await workspace.fs.readDirectory(folder).then(
    (entries) => entries.map(([file]) => file),
    () => [],
  );
  const file = files.find(isProjectFileName);
  if (file === undefined) throw new Error(`There is no MLproject file in ${source} any more.`);
  return Uri.joinPath(folder, file);
}
