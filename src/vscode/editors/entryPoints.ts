import { type QuickPickItem, type TextDocument, Uri, type WorkspaceFolder, window, workspace } from 'vscode';
import type { EntryPoint, Project } from '../../mlproject/project.ts';
import { parameterSummary } from '../../views/entryPointLenses.ts';
import { findProjectFiles } from '../services/mlflowSigns.ts';
import { readProject } from './readProject.ts';

/** An entry point of an MLproject file of the workspace. */
export interface EntryPointPlace {
  readonly document: TextDocument;
  readonly folder: WorkspaceFolder;
  /** That of the folder where the file names none. */
  readonly projectName: string;
  readonly entryPoint: EntryPoint;
}

/**
 * The entry point that a command is about: the named one, else the only one, else the one that the user picks.
 * @param target URI of the file, where it is known
 * @param name of the entry point, where it is known
 * @throws an Error where there is none, or nothing may be run
 */
export async function chooseEntryPoint(
  target: unknown,
  name: unknown,
  title: string,
): Promise<EntryPointPlace | undefined> {
  if (!workspace.isTrusted) throw new Error('Entry points are not run in Restricted Mode.');
  const files = target instanceof Uri ? [target] : await projectFiles();
  if (files.length === 0) throw new Error('There is no MLproject file in this workspace.');
  const all = (await Promise.all(files.map(entryPointsOf))).flat();
  if (typeof name === 'string') {
    const found = all.find(({ entryPoint }) => entryPoint.name === name);
    if (!found) throw new Error(`The MLproject file has no entry point '${name}'.`);
    return found;
  }
  if (all.length === 0) throw new Error('The MLproject file has no entry point.');
  if (all.length === 1) return all[0];
  const items = all.map((place): QuickPickItem & { place: EntryPointPlace } => ({
    label: place.entryPoint.name,
    description: files.length > 1 ? place.projectName : '',
    detail: parameterSummary(place.entryPoint),
    place,
  }));
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.place;
}

/** @throws an Error where the file lies outside of the workspace: tasks, settings and stores belong to its folders */
export async function entryPointsOf(file: Uri): Promise<readonly EntryPointPlace[]> {
  const folder = workspace.getWorkspaceFolder(file);
  if (!folder) throw new Error(`${file.fsPath} lies outside of the workspace: open its folder to run it.`);
  const document = await workspace.openTextDocument(file);
  const project = await readProject(document);
  const projectName = project.name || folderName(file);
  return runnable(project).map((entryPoint) => ({ document, folder, projectName, entryPoint }));
}

function runnable({ entryPoints }: Project): readonly EntryPoint[] {
  return entryPoints.filter(({ command }) => command !== undefined);
}

async function projectFiles(): Promise<readonly Uri[]> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return (await Promise.all(folders.map((folder) => findProjectFiles(folder)))).flat();
}

function folderName(file: Uri): string {
  return file.path.split('/').at(-2) ?? 'project';
}
