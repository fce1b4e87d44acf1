import type { RunInfo } from '../../entities/run.ts';
import type { EnvironmentSpec } from './environmentFile.ts';

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
