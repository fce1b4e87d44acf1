import path from 'node:path';
import { invalidParameter } from '../../entities/error.ts';
import type { TrackingStore } from '../../tracking/store.ts';
import { buildCommandLine } from '../command/commandLine.ts';
import { prepareProject } from '../project/prepareProject.ts';
import { findEntryPoint, readProjectFolder } from '../project/projectFolder.ts';
import { projectTags } from '../project/projectTags.ts';
import { startRun } from '../startRun.ts';
import { type DebugTarget, debugTarget } from './debugTarget.ts';

export interface DebugRunOptions {
  /** The project's. */
  readonly folder: string;
  readonly entryPoint: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly experimentName: string;
  readonly runName?: string | undefined;
  readonly tracking: TrackingStore;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What a debugger starts, and the run that it belongs to. */
export interface DebugRun {
  readonly runId: string;
  readonly runName: string;
  readonly target: DebugTarget;
  /** Python of the project's environment; whichever the debugger takes where the project asks for none. */
  readonly python: string | undefined;
  /** The variables of the command, and those that make its MLflow go on with the run. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Makes everything that running an entry point makes, but does not start its command: that is for a debugger.
 * @throws INVALID_PARAMETER_VALUE for a command that is not one Python program; what `runEntryPoint` throws
 */
export async function startDebugRun(options: DebugRunOptions): Promise<DebugRun> {
  const { folder, tracking, say, signal } = options;
  const project = readProjectFolder(folder);
  const entryPoint = findEntryPoint(project, options.entryPoint);
  if (project.project.environment?.kind === 'docker_env') {
    throw invalidParameter(
      'The project runs in Docker, and a debugger here does not reach into it. Debug it without docker_env.',
    );
  }
  const { command, params } = buildCommandLine(entryPoint, options.parameters, project.folder);
  const target = debugTarget(command);
  if ('reason' in target) throw invalidParameter(target.reason);
  // Docker alone, which is refused above, needs to know where the run is recorded.
  const { binFolder, tags } = await prepareProject(project, { trackingUri: '', say, signal });
  signal.throwIfAborted();
  const entry = [
    ['mlflow.project.entryPoint', entryPoint.name],
    ['mlflow.project.backend', 'local'],
  ] as const;
  const { info } = await startRun(tracking, {
    experiment: { name: options.experimentName },
    runName: options.runName,
    runId: undefined,
    sourceTags: new Map([...(await projectTags(project.folder)), ...entry]),
    environmentTags: tags,
    params,
  });
  return {
    runId: info.runId,
    runName: info.runName,
    target,
    python: binFolder && path.join(binFolder, process.platform === 'win32' ? 'python.exe' : 'python'),
    environment: { ...target.environment, MLFLOW_RUN_ID: info.runId, MLFLOW_EXPERIMENT_ID: info.experimentId },
  };
}
