import os from 'node:os';
import type { FetchedProject } from './project/fetchProject.ts';
import { gitTags } from './project/git.ts';

/** The tags that tell where a run comes from, by MLflow's names. */
export async function runTags(
  { folder, source }: FetchedProject,
  entryPoint: string,
  version: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const parent = process.env.MLFLOW_RUN_ID;
  return new Map([
    ['mlflow.user', userName()],
    ['mlflow.source.name', source],
    ['mlflow.source.type', 'PROJECT'],
    ['mlflow.project.entryPoint', entryPoint],
    ['mlflow.project.backend', 'local'],
    ...(parent ? [['mlflow.parentRunId', parent] as const] : []),
    ...(await gitTags(folder, version)),
  ]);
}

/** As Python's `getpass.getuser`. */
export function userName(): string {
  const { LOGNAME, USER, LNAME, USERNAME } = process.env;
  return LOGNAME || USER || LNAME || USERNAME || os.userInfo().username;
}
