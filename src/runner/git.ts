import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Tags that tell which state of the code a run had; none outside of a git repository, or without git. */
export async function gitTags(folder: string): Promise<ReadonlyMap<string, string>> {
  const commit = await git(folder, ['rev-parse', 'HEAD']);
  if (commit === undefined) return new Map();
  const url = await git(folder, ['remote', 'get-url', 'origin']);
  const remote: (readonly [string, string])[] = url
    ? [
        ['mlflow.source.git.repoURL', withoutPassword(url)],
        ['mlflow.gitRepoURL', withoutPassword(url)],
      ]
    : [];
  return new Map([['mlflow.source.git.commit', commit], ...remote]);
}

/** A remote's URL can carry credentials, which have no place in a run. */
function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/)[^/@]*@/, '$1');
}

async function git(folder: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await execute('git', [...args], { cwd: folder });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
