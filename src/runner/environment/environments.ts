import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { invalidParameter } from '../../entities/error.ts';

/** Stands in an environment that was finished; its time is that of the last use. */
export const COMPLETE = '.complete';

const NAME = /^mlflow-[0-9a-f]{40}$/;

/** A virtual environment that runs share. */
export interface SharedEnvironment {
  /** Of its folder: `mlflow-` and a hash of what it consists of. */
  readonly name: string;
  readonly folder: string;
  /** ms since the epoch. */
  readonly lastUsed: number;
  /** Whether a run of ours has finished it; `mlflow run` leaves no sign of that. */
  readonly isComplete: boolean;
}

/** MLflow's own place for environments (`MLFLOW_ENV_ROOT`), so that cleaning up cleans these, too. */
export function environmentRoot(): string {
  return process.env.MLFLOW_ENV_ROOT ?? path.join(os.homedir(), '.mlflow', 'envs');
}

/** The environments that runs have made, the one that was used last first. */
export function listEnvironments(root = environmentRoot()): readonly SharedEnvironment[] {
  const names = fs.existsSync(root) ? fs.readdirSync(root).filter((name) => NAME.test(name)) : [];
  return names.map((name) => describe(root, name)).sort((a, b) => b.lastUsed - a.lastUsed);
}

function describe(root: string, name: string): SharedEnvironment {
  const folder = path.join(root, name);
  const complete = fs.statSync(path.join(folder, COMPLETE), { throwIfNoEntry: false });
  return { name, folder, lastUsed: (complete ?? fs.statSync(folder)).mtimeMs, isComplete: complete !== undefined };
}

/** Removes an environment; the next run that needs it makes it again. @throws INVALID_PARAMETER_VALUE for an unknown one */
export async function removeEnvironment(name: string, root = environmentRoot()): Promise<void> {
  const folder = path.join(root, name);
  if (!NAME.test(name) || !fs.existsSync(folder)) {
    throw invalidParameter(
      `There is no environment '${name}' in ${root}. \`mlflow-workbench environments\` lists them.`,
    );
  }
  await fs.promises.rm(folder, { recursive: true, force: true });
}
