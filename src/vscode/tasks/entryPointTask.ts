import {
  type ExtensionContext,
  ProcessExecution,
  Task,
  type TaskDefinition,
  TaskPanelKind,
  TaskRevealKind,
  Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import type { Connection } from '../services/connections.ts';
import { cliProgram } from '../services/program.ts';

export const TASK_TYPE = 'mlflow';

/** A run of an entry point, as `tasks.json` keeps it (see `taskDefinitions` in the manifest). */
export interface EntryPointTask extends TaskDefinition {
  readonly type: typeof TASK_TYPE;
  readonly entryPoint: string;
  /** Folder of the MLproject file, relative to the workspace folder; the workspace folder itself when absent. */
  readonly project?: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly experiment?: string;
}

export function isEntryPointTask(definition: TaskDefinition): definition is EntryPointTask {
  return definition.type === TASK_TYPE && typeof definition.entryPoint === 'string';
}

/** @param server where the run is recorded; what the terminals of the folder say when absent */
export function createTask(
  context: ExtensionContext,
  folder: WorkspaceFolder,
  definition: EntryPointTask,
  server: Pick<Connection, 'url' | 'token'> | undefined,
): Task {
  const projectFolder = Uri.joinPath(folder.uri, definition.project ?? '.').fsPath;
  const program = cliProgram(context, runArguments(projectFolder, definition));
  const python = workspace.getConfiguration('mlflow.python', folder).get('path', '');
  const env = {
    ...program.env,
    ...(server && { MLFLOW_TRACKING_URI: server.url }),
    ...(server?.token !== undefined && { MLFLOW_TRACKING_TOKEN: server.token }),
    ...(python ? { MLFLOW_WORKBENCH_PYTHON: python } : {}),
  };
  const execution = new ProcessExecution(program.command, [...program.args], { cwd: projectFolder, env });
  const task = new Task(definition, folder, definition.entryPoint, 'MLflow', execution, []);
  task.detail = detail(definition);
  task.presentationOptions = {
    reveal: TaskRevealKind.Always,
    panel: TaskPanelKind.Dedicated,
    clear: true,
    close: false,
  };
  return task;
}

function runArguments(projectFolder: string, { entryPoint, parameters, experiment }: EntryPointTask): string[] {
  const values = Object.entries(parameters ?? {}).flatMap(([name, value]) => ['-P', `${name}=${value}`]);
  const name = experiment ? ['--experiment-name', experiment] : [];
  return ['run', projectFolder, '-e', entryPoint, ...values, ...name];
}

function detail({ project, parameters }: EntryPointTask): string {
  const values = Object.entries(parameters ?? {}).map(([name, value]) => `${name}=${value}`);
  return [project ?? 'MLproject', ...values].join('  ');
}
