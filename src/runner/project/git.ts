import path from 'node:path';
import { answerOf } from '../environment/python.ts';

/**
 * Tags that tell which state of the code a run had; none outside of a git repository, or without git.
 * @param version what was asked for: the branch is noted where this is one
 */
export async function gitTags(folder: string, version?: string): Promise<ReadonlyMap<string, string>> {
  const tags = new Map<string, string>();
  const commit = await commitOf(folder);
  if (commit !== undefined) tags.set('mlflow.source.git.commit', commit);
  const url = await remoteUrl(folder);
  if (url !== undefined) {
    tags.set('mlflow.source.git.repoURL', withoutCredentials(url));
    tags.set('mlflow.gitRepoURL', withoutCredentials(url));
  }
  if (version !== undefined && (await isBranch(folder, version))) {
    tags.set('mlflow.source.git.branch', version);
    tags.set('mlflow.gitBranchName', version);
  }
  return tags;
}

/** The URL of the remote that was added first, whatever its name: the one that MLflow notes. */
export async function remoteUrl(folder: string): Promise<string | undefined> {
  const remotes = await git(folder, ['config', '--local', '--get-regexp', '^remote\\..*\\.url$']);
  return /^\S+ (.+)$/m.exec(remotes ?? '')?.[1];
}

/** The commit that a folder is at; `undefined` outside of a repository, and where the repository ignores the folder. */
export async function commitOf(folder: string): Promise<string | undefined> {
  if ((await git(folder, ['check-ignore', folder])) !== undefined) return undefined;
  return git(folder, ['rev-parse', '--verify', '--quiet', 'HEAD']);
}

/**
 * How MLflow names a folder of this machine: by itself, or as `file://<repository>#<folder in it>`.
 * @param folder absolute
 */
export async function sourceName(folder: string): Promise<string> {
  const root = await git(folder, ['rev-parse', '--show-toplevel']);
  if (root === undefined) return folder;
  const inside = path.relative(root, folder).split(path.sep).join('/');
  return inside === '' ? `file://${root}` : `file://${root}#${inside}`;
}

/** A URL can carry credentials, which have no place in a run or a message. */
export function withoutCredentials(url: string): string {
  return url.replace(/^([a-zA-Z][\w+.-]*:\/\/)[^/?#]*@/, '$1');
}

async function isBranch(folder: string, name: string): Promise<boolean> {
  return (await git(folder, ['rev-parse', '--verify', '--quiet', `refs/heads/${name}`])) !== undefined;
}

function git(folder: string, args: readonly string[]): Promise<string | undefined> {
  return answerOf('git', args, folder);
}
