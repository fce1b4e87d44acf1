import type { RunInfo } from '../../entities/run.ts';
import { prepareCondaEnvironment } from './condaEnvironment.ts';
import type { EnvironmentSpec } from './environmentFile.ts';
import { hasUv } from './python.ts';
import { preparePythonEnvironment } from './pythonEnvironment.ts';

/** What makes the environment of a run, by MLflow's names. */
export const MANAGERS = ['local', 'virtualenv', 'uv', 'conda'] as const;
export type EnvironmentManager = (typeof MANAGERS)[number];

/** What is run in the end. */
export interface Launch {
  /** For the shell. */
  readonly command: string;
  /** Added to the environment variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** Ends what is not in the process group of the command. */
  readonly stop?: (() => void) | undefined;
}

export interface PreparedEnvironment {
  /** What MLflow notes in the run about it. */
  readonly tags: ReadonlyMap<string, string>;
  /** Folder of the environment's programs; absent where they are on the PATH anyway, or elsewhere than on this machine. */
  readonly binFolder: string | undefined;
  /** @param command of the entry point */
  launch(run: RunInfo, command: string): Launch;
}

export interface EnvironmentOptions {
  readonly spec: EnvironmentSpec;
  /** uv where it is installed, else venv and pip, when absent. */
  readonly manager: EnvironmentManager | undefined;
  readonly projectFolder: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Which tool makes the environment of a project in Python's own format. */
export async function chooseManager(manager: EnvironmentManager | undefined): Promise<EnvironmentManager> {
  return manager ?? ((await hasUv()) ? 'uv' : 'virtualenv');
}

/**
 * Makes the environment that a project asks for, or finds it where it was made before. What the tools print goes to this
 * process's own output.
 * @throws an Error that says what failed, or what is missing and how to get it
 */
export async function prepareEnvironment(options: EnvironmentOptions): Promise<PreparedEnvironment> {
  const manager = await chooseManager(options.manager);
  switch (manager) {
    case 'local':
      return {
        tags: new Map(),
        binFolder: undefined,
        launch: (_, command) => ({ command, variables: {} }),
      };
    case 'conda':
      return prepareCondaEnvironment(options);
    default:
      return preparePythonEnvironment({ ...options, manager });
  }
}
