import {
  ProgressLocation,
  type QuickPickItem,
  type TextDocument,
  tasks,
  Uri,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import type { EntryPoint, Project } from '../../mlproject/project.ts';
import { parameterSummary } from '../../views/entryPointLenses.ts';
import { readProject } from '../editors/readProject.ts';
import { askParameters } from '../panels/runForm.ts';
import type { Connection } from '../services/connections.ts';
import { findProjectFiles } from '../services/mlflowSigns.ts';
import { createTask, TASK_TYPE } from '../tasks/entryPointTask.ts';
import { projectOf } from '../tasks/entryPointTasks.ts';
import type { CommandContext } from './command.ts';

interface ChosenEntryPoint {
  readonly document: TextDocument;
  readonly project: Project;
  readonly entryPoint: EntryPoint;
}

/**
 * Runs an entry point of an MLproject file as a task, after asking for its parameters.
 * @param target the file, where it is known
 * @param name of the entry point, where it is known
 */
export async function runEntryPoint(context: CommandContext, target: unknown, name: unknown): Promise<void> {
  if (!workspace.isTrusted) throw new Error('Entry points are not run in Restricted Mode.');
  const chosen = await chooseEntryPoint(target instanceof Uri ? target : undefined, name);
  if (!chosen) return;
  const { document, project, entryPoint } = chosen;
  const file = document.uri;
  const folder = workspace.getWorkspaceFolder(file);
  if (!folder) throw new Error('The MLproject file lies outside the workspace: open its folder to run it.');
  const projectName = project.name || folderName(file);
  // The runner reads the file from disk.
  if (document.isDirty) await document.save();
  const parameters = await ask(context, projectName, entryPoint, folder);
  if (!parameters) return;
  const connection = await connectionOf(context, folder);
  const definition = {
    ...projectOf(folder, file),
    type: TASK_TYPE,
    entryPoint: entryPoint.name,
    parameters: Object.fromEntries(parameters),
    experiment: projectName,
  } as const;
  await tasks.executeTask(createTask(context.context, folder, definition, connection));
}

async function ask(
  context: CommandContext,
  projectName: string,
  entryPoint: EntryPoint,
  folder: WorkspaceFolder,
): Promise<ReadonlyMap<string, string> | undefined> {
  if (entryPoint.parameters.length === 0) return new Map();
  return askParameters(context, { projectName, entryPoint, folder });
}

async function connectionOf({ servers }: CommandContext, folder: WorkspaceFolder): Promise<Connection | undefined> {
  const server = servers.of(folder.uri);
  if (!server || server.connection) return server?.connection;
  const options = { location: ProgressLocation.Notification, title: 'Starting the MLflow tracking server…' };
  return window.withProgress(options, () => server.start());
}

async function chooseEntryPoint(file: Uri | undefined, name: unknown): Promise<ChosenEntryPoint | undefined> {
  const files = file ? [file] : await projectFiles();
  if (files.length === 0) throw new Error('There is no MLproject file in this workspace.');
  const all = (await Promise.all(files.map(entryPointsOf))).flat();
  if (typeof name === 'string') {
    const found = all.find(({ entryPoint }) => entryPoint.name === name);
    if (!found) throw new Error(`The MLproject file has no entry point '${name}'.`);
    return found;
  }
  if (all.length === 0) throw new Error('The MLproject file has no entry point.');
  if (all.length === 1) return all[0];
  const items = all.map((chosen): QuickPickItem & { chosen: ChosenEntryPoint } => ({
    label: chosen.entryPoint.name,
    description: files.length > 1 ? (chosen.project.name ?? folderName(chosen.document.uri)) : '',
    detail: parameterSummary(chosen.entryPoint),
    chosen,
  }));
  return (await window.showQuickPick(items, { title: 'Run Entry Point', matchOnDescription: true }))?.chosen;
}

async function projectFiles(): Promise<readonly Uri[]> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return (await Promise.all(folders.map((folder) => findProjectFiles(folder)))).flat();
}

async function entryPointsOf(file: Uri): Promise<readonly ChosenEntryPoint[]> {
  const document = await workspace.openTextDocument(file);
  const project = await readProject(document);
  return project.entryPoints.map((entryPoint) => ({ document, project, entryPoint }));
}

function folderName(file: Uri): string {
  return file.path.split('/').at(-2) ?? 'project';
}
