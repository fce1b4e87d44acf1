import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gitTags } from './git.ts';

/**
 * Tags that tell where a run of a project comes from, as `mlflow run` sets them. Which entry point it is of is for the
 * caller to add.
 * @param uri the project's folder, or what else names it
 */
export async function projectTags(uri: string): Promise<ReadonlyMap<string, string>> {
  const isFolder = fs.statSync(uri, { throwIfNoEntry: false })?.isDirectory() === true;
  const folder = path.resolve(uri);
  return new Map([
    ['mlflow.user', os.userInfo().username],
    ['mlflow.source.name', isFolder ? folder : uri],
    ['mlflow.source.type', 'PROJECT'],
    ...(isFolder ? await gitTags(folder) : []),
  ]);
}
