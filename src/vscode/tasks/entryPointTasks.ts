import {
  type Disposable,
  type Task,
  type TaskProvider,
  TaskScope,
  tasks,
  type Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import { readProjectFile } from '../editors/readProject.ts';
import { findProjectFiles } from '../services/mlflowSigns.ts';
import type { Services } from '../services.ts';
import { createTask, type EntryPointTask, isEntryPointTask, TASK_TYPE } from './entryPointTask.ts';
import { reportOutcomes } from './taskOutcome.ts';

/** Offers the entry points that need no value as tasks, runs those of `tasks.json`, and tells of failures. */
export function registerEntryPointTasks(services: Services): Disposable[] {
  return [tasks.registerTaskProvider(TASK_TYPE, new EntryPointTasks(services)), reportOutcomes()];
}

class EntryPointTasks implements TaskProvider {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  async provideTasks(): Promise<Task[]> {
    if (!workspace.isTrusted) return [];
    const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    return (await Promise.all(folders.map((folder) => this.#tasksOf(folder)))).flat();
  }

  /** A task of `tasks.json`, about to be run: it gets its program here. */
  async resolveTask({ definition, scope }: Task): Promise<Task | undefined> {
    const isFolder = typeof scope === 'object';
    const folder = isFolder ? scope : scope === TaskScope.Workspace ? workspace.workspaceFolders?.[0] : undefined;
    if (!workspace.isTrusted || !folder || !isEntryPointTask(definition)) return undefined;
    const connection = await this.#services.servers.of(folder.uri)?.start();
    return createTask(this.#services.context, folder, definition, connection);
  }

  async #tasksOf(folder: WorkspaceFolder): Promise<Task[]> {
    const files = await findProjectFiles(folder);
    const definitions = (await Promise.all(files.map((file) => definitionsOf(folder, file)))).flat();
    const connection = this.#services.servers.of(folder.uri)?.connection;
    return definitions.map((definition) => createTask(this.#services.context, folder, definition, connection));
  }
}

async function definitionsOf(folder: WorkspaceFolder, file: Uri): Promise<EntryPointTask[]> {
  const project = await readProjectFile(file);
  return project.entryPoints
    .filter(({ parameters }) => parameters.every((parameter) => parameter.default !== undefined))
    .map(({ name }) => ({ ...projectOf(folder, file), type: TASK_TYPE, entryPoint: name }));
}

/** The `project` of a task: absent where the MLproject file lies in the workspace folder itself. */
export function projectOf(folder: WorkspaceFolder, file: Uri): Pick<EntryPointTask, 'project'> {
  const path = file.path
    .slice(folder.uri.path.length + 1)
    .split('/')
    .slice(0, -1)
    .join('/');
  return path ? { project: path } : {};
}
