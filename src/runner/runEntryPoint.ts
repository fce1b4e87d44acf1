import os from 'node:os';
import path from 'node:path';
import type { Run, RunStatus } from '../entities/run.ts';
import type { TrackingStore } from '../tracking/store.ts';
import { buildCommandLine } from './commandLine.ts';
import { chooseManager, type EnvironmentManager, type PreparedEnvironment, prepareEnvironment } from './environment.ts';
import { readEnvironment } from './environmentFile.ts';
import { type ExperimentChoice, resolveExperiment } from './experiment.ts';
import { gitTags } from './git.ts';
import { type Exit, runProgram } from './process.ts';
import { findEntryPoint, readProjectFolder } from './projectFolder.ts';

export interface RunOptions {
  /** The project's folder. */
  readonly uri: string;
  /** `main` when absent. */
  readonly entryPoint?: string | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  readonly tracking: TrackingStore;
  /** What the command finds in `MLFLOW_TRACKING_URI`. */
  readonly trackingUri: string;
  readonly experiment: ExperimentChoice;
  readonly runName?: string | undefined;
  readonly environmentManager?: EnvironmentManager | undefined;
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
 * @throws INVALID_PARAMETER_VALUE for a wrong project or parameter, an Error where Python or a package is missing
 */
export async function runEntryPoint(options: RunOptions): Promise<RunResult> {
  const { tracking, say } = options;
  const project = readProjectFolder(options.uri);
  const entryPoint = findEntryPoint(project, options.entryPoint ?? 'main');
  const { command, params } = buildCommandLine(entryPoint, options.parameters, project.folder);
  const spec = readEnvironment(project.project, project.folder);
  const manager = await chooseManager(options.environmentManager ?? (spec.kind === 'none' ? 'local' : undefined));

  const experimentId = await resolveExperiment(tracking, options.experiment);
  const environment = { spec, manager, projectFolder: project.folder, say, signal: options.signal };
  // MLflow makes the environment within the run; making it before keeps a failed installation out of the runs.
  const prepared = await prepareEnvironment(environment);
  const run = await tracking.createRun({
    experimentId,
    userId: os.userInfo().username,
    runName: options.runName,
    startTime: Date.now(),
    tags: await runTags(project.folder, entryPoint.name, manager),
  });
  const { runId, runName } = run.info;
  say(`Run ${runName} (${runId}) of entry point ${entryPoint.name}`);
  try {
    await tracking.logBatch(runId, { params: [...params].map(([key, value]) => ({ key, value })) });
    say(`Running: ${command}`);
    const variables = {
      MLFLOW_RUN_ID: runId,
      MLFLOW_EXPERIMENT_ID: experimentId,
      MLFLOW_TRACKING_URI: options.trackingUri,
      ...pathVariables(prepared),
    };
    const shell: [string, ...string[]] =
      process.platform === 'win32' ? ['cmd', '/c', command] : ['bash', '-c', command];
    const exit = await runProgram(shell, { cwd: project.folder, environment: variables, signal: options.signal });
    return { run, status: await endRun(tracking, runId, exit), exitCode: exit.code };
  } catch (error) {
    await endRun(tracking, runId, { code: 1, stopped: false });
    throw error;
  }
}

async function runTags(folder: string, entryPoint: string, manager: EnvironmentManager): Promise<Map<string, string>> {
  const parent = process.env.MLFLOW_RUN_ID;
  return new Map([
    ['mlflow.user', os.userInfo().username],
    ['mlflow.source.name', folder],
    ['mlflow.source.type', 'PROJECT'],
    ['mlflow.project.entryPoint', entryPoint],
    ['mlflow.project.backend', 'local'],
    ...(manager === 'local' ? [] : [['mlflow.project.env', manager] as const]),
    ...(parent ? [['mlflow.parentRunId', parent] as const] : []),
    ...(await gitTags(folder)),
  ]);
}

/** What activating the environment would set. */
function pathVariables({ binFolder, folder }: PreparedEnvironment): Record<string, string> {
  if (binFolder === undefined || folder === undefined) return {};
  return {
    PATH: `${binFolder}${path.delimiter}${process.env.PATH ?? ''}`,
    VIRTUAL_ENV: folder,
    // Lines of a training are seen when they are printed, not when a buffer is full.
    PYTHONUNBUFFERED: '1',
  };
}

/** The command may have ended its run by itself. */
async function endRun(tracking: TrackingStore, runId: string, { code, stopped }: Exit): Promise<RunStatus> {
  const { info } = await tracking.getRun(runId);
  if (info.status !== 'RUNNING') return info.status;
  const status = stopped ? 'KILLED' : code === 0 ? 'FINISHED' : 'FAILED';
  await tracking.updateRun(runId, { status, endTime: Date.now() });
  return status;
}
