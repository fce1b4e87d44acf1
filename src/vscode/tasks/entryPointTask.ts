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
import { quoteValue } from '../../runner/sweepValues.ts';
import type { Connection } from '../services/connections.ts';
import { cliProgram } from '../services/program.ts';

export const TASK_TYPE = 'mlflow';

/** A run of an entry point, as `tasks.json` keeps it (see `taskDefinitions` in the manifest). */
export interface EntryPointTask extends TaskDefinition {
  readonly type: typeof TASK_TYPE;
  readonly entryPoint: string;
  /** Folder of the MLproject file, relative to the workspace folder, which it is when absent; or URI of a git repository. */
  readonly project?: string;
  readonly parameters?: Readonly<Record<string, TaskValue>>;
  /** Parameter → text for several values, such as `0.1, 0.2` or `1..10`: a run for each combination. */
  readonly sweep?: Readonly<Record<string, TaskValue>>;
  /** Runs of a sweep at a time; 1 when absent. */
  readonly jobs?: number;
  /** Largest number of runs of a sweep. */
  readonly maxRuns?: number;
  readonly experiment?: string;
  readonly runName?: string;
  readonly envManager?: string;
  readonly backend?: string;
  /** JSON file, relative to the project. */
  readonly backendConfig?: string;
  /** Git commit, branch or tag. */
  readonly version?: string;
  /** Whether the run keeps what its command prints as an artifact; the setting when absent. */
  readonly logOutput?: boolean;
}

type TaskValue = string | number | boolean;

/** `https://…`, `ssh://…`, `git@…` */
const IS_REMOTE = /^(?:[a-zA-Z][\w+.-]+:\/\/|git@)/;

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
  const { project = '.' } = definition;
  const projectFolder = Uri.joinPath(folder.uri, IS_REMOTE.test(project) ? '.' : project).fsPath;
  const logOutput = definition.logOutput ?? workspace.getConfiguration('mlflow.run', folder).get('logOutput', false);
  const uri = IS_REMOTE.test(project) ? project : projectFolder;
  const program = cliProgram(context, runArguments(uri, { ...definition, logOutput }));
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

function runArguments(uri: string, task: EntryPointTask): string[] {
  const { entryPoint, sweep, jobs, maxRuns } = task;
  const isSweep = sweep !== undefined && Object.keys(sweep).length > 0;
  // A sweep takes commas apart, and dots: a single value is put in quotes.
  const single = Object.entries(task.parameters ?? {}).map(([name, value]): [string, string] => [
    name,
    isSweep ? quoteValue(String(value)) : String(value),
  ]);
  const parameters = [...single, ...Object.entries(sweep ?? {})].flatMap(([name, value]) => ['-P', `${name}=${value}`]);
  const options = {
    'experiment-name': task.experiment,
    'run-name': task.runName,
    'env-manager': task.envManager,
    backend: task.backend,
    'backend-config': task.backendConfig,
    version: task.version,
    ...(isSweep ? { jobs, 'max-runs': maxRuns } : {}),
  };
  const given = Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : `--${name}=${value}`));
  // Other backends run elsewhere, and their output is there.
  const isKept = task.logOutput === true && (task.backend ?? 'local') === 'local';
  return [
    isSweep ? 'sweep' : 'run',
    uri,
    '-e',
    entryPoint,
    ...parameters,
    ...given,
    ...(isKept ? ['--log-output'] : []),
  ];
}

function detail({ project, parameters, sweep }: EntryPointTask): string {
  const values = Object.entries({ ...parameters, ...sweep }).map(([name, value]) => `${name}=${value}`);
  return [project ?? 'MLproject', ...values].join('  ');
}
