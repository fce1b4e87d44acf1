import type { ArtifactRepositories } from '../artifacts/repository.ts';
import type { Run, RunStatus } from '../entities/run.ts';
import type { TrackingStore } from '../tracking/store.ts';
import { buildCommandLine } from './command/commandLine.ts';
import type { EnvironmentManager, Launch } from './environment/preparedEnvironment.ts';
import type { ExperimentChoice } from './experiment.ts';
import { OutputLog } from './outputLog.ts';
import { type Exit, runProgram } from './process.ts';
import { downloadParameters } from './project/downloads.ts';
import { fetchProject } from './project/fetchProject.ts';
import { prepareProject } from './project/prepareProject.ts';
import { findEntryPoint, readProjectFolder } from './project/projectFolder.ts';
import { statusOf } from './runStatus.ts';
import { runTags } from './runTags.ts';
import { startRun } from './startRun.ts';

export interface RunOptions {
  /** A folder, `*.zip` or git URI, with `#subdirectory` where the project is not at its top. */
  readonly uri: string;
  /** Branch, tag or commit of a git project. */
  readonly version?: string | undefined;
  /** `main` when absent. */
  readonly entryPoint?: string | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  readonly tracking: TrackingStore;
  /** What the command finds in `MLFLOW_TRACKING_URI`. */
  readonly trackingUri: string;
  /** Where remote `path` parameters come from and the output goes to. */
  readonly artifacts?: ArtifactRepositories | undefined;
  readonly experiment: ExperimentChoice;
  readonly runName?: string | undefined;
  /** A run that is there already, with its params. */
  readonly runId?: string | undefined;
  readonly environmentManager?: EnvironmentManager | undefined;
  /** Folder for downloads, in which each run makes its own. */
  readonly storageFolder?: string | undefined;
  /** Options of `docker run` by name, without dashes; `true` for a flag. */
  readonly dockerArgs?: ReadonlyMap<string, string | true> | undefined;
  /** Whether to build a Docker image with the project in it. */
  readonly buildImage?: boolean | undefined;
  /** Whether the output of the command becomes the artifact `output.log`. It is shown in any case. */
  readonly logOutput?: boolean | undefined;
  /** Told the process group of the command, to see to its end and the run's where this process is killed. */
  readonly onStart?: ((pid: number, runId: string) => void) | undefined;
  /** Told what happens, a line at a time. The command's own output is this process's. */
  readonly say: (line: string) => void;
  /** Ends the command and all that it started; the run becomes KILLED. */
  readonly signal: AbortSignal;
}

export interface RunResult {
  readonly run: Run;
  readonly status: RunStatus;
  readonly exitCode: number;
}

/**
 * Runs an entry point as `mlflow run` does, with its tags, params and environment variables, and ends the run with the
 * status of the command. All that can be checked is checked before there is a run, so that none stays RUNNING for ever.
 * @throws INVALID_PARAMETER_VALUE for a wrong project or parameter, an Error where a program or a package is missing
 */
export async function runEntryPoint(options: RunOptions): Promise<RunResult> {
  const { tracking, parameters, say, signal, storageFolder, artifacts } = options;
  const fetched = await fetchProject(options.uri, options);
  const project = readProjectFolder(fetched.folder);
  const entryPoint = findEntryPoint(project, options.entryPoint ?? 'main');
  const caller = process.cwd();
  // Looked over before anything is downloaded or installed.
  buildCommandLine(entryPoint, parameters, caller);
  const environment = await prepareProject(project, options);
  const downloads = await downloadParameters(entryPoint, parameters, { storageFolder, artifacts, say, signal });
  const { command, params } = buildCommandLine(entryPoint, parameters, caller, downloads);

  // MLflow does all that within the run; doing it before keeps a failed installation out of the runs.
  const run = await startRun(tracking, {
    experiment: options.experiment,
    runName: options.runName,
    runId: options.runId,
    sourceTags: await runTags(fetched, entryPoint.name, options.version),
    environmentTags: environment.tags,
    params,
  });
  const { runId, runName } = run.info;
  say(`Run ${runName} (${runId}) of entry point ${entryPoint.name}`);
  try {
    const exit = await runCommand(run, environment.launch(run.info, command), project.folder, options);
    return { run, status: await endRun(tracking, runId, exit), exitCode: exit.code };
  } catch (error) {
    await endRun(tracking, runId, { code: 1, stopped: signal.aborted });
    throw error;
  }
}

async function runCommand(run: Run, launch: Launch, folder: string, options: RunOptions): Promise<Exit> {
  const { say, signal, artifacts } = options;
  const { runId, experimentId } = run.info;
  say(`Running command '${launch.command}' in run with ID '${runId}'`);
  const environment = {
    MLFLOW_RUN_ID: runId,
    MLFLOW_EXPERIMENT_ID: experimentId,
    MLFLOW_TRACKING_URI: options.trackingUri,
    ...launch.variables,
  };
  const shell: [string, ...string[]] =
    process.platform === 'win32' ? ['cmd', '/c', launch.command] : ['bash', '-c', launch.command];
  const log = options.logOutput && artifacts ? new OutputLog() : undefined;
  const exit = await runProgram(shell, {
    cwd: folder,
    environment,
    signal,
    onStart: (pid) => options.onStart?.(pid, runId),
    onOutput: log && ((chunk, to) => log.add(chunk, to)),
  });
  if (exit.stopped) launch.stop?.();
  if (log && artifacts) {
    // What the command has done counts, whether its output can be kept or not.
    await log.upload(run.info, artifacts).catch((error: unknown) => {
      say(`The output is not kept: ${error instanceof Error ? error.message : error}`);
    });
  }
  return exit;
}

/** A script that called the run failed knows better than its exit code; one that fails after its run has not finished it. */
async function endRun(tracking: TrackingStore, runId: string, exit: Exit): Promise<RunStatus> {
  const { info } = await tracking.getRun(runId);
  const status = statusOf(exit);
  const isOver = info.status === 'FAILED' || info.status === 'KILLED';
  if (isOver || info.status === status) return info.status;
  await tracking.updateRun(runId, { status, endTime: Date.now() });
  return status;
}
