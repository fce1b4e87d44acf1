import { commands, extensions, type Uri, workspace } from 'vscode';

/** The part of the built-in Git extension's interface that is used here (its `git.d.ts`, version 1). */
interface GitApi {
  readonly repositories: readonly GitRepository[];
  toGitUri(uri: Uri, ref: string): Uri;
}

interface GitRepository {
  readonly rootUri: Uri;
  diffBetween(ref1: string, ref2: string): Promise<readonly { readonly uri: Uri; readonly originalUri: Uri }[]>;
  getCommit(ref: string): Promise<unknown>;
}

/** Shows what changed in the code between two commits, file by file. @throws an Error that says why it cannot */
export async function showCommitDiff(title: string, from: string, to: string): Promise<void> {
  const extension = extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
  if (!extension) throw new Error("The Git extension of VS Code is turned off: turn it on to compare the runs' code.");
  const git = (await extension.activate()).getAPI(1);
  const repository = await repositoryWith(git, [from, to]);
  if (!repository) {
    throw new Error(
      `No repository of this workspace has the commits ${from.slice(0, 7)} and ${to.slice(0, 7)}. Fetch them, or open their folder.`,
    );
  }
  const changes = await repository.diffBetween(from, to);
  if (changes.length === 0) throw new Error('The code of both commits is the same.');
  const resources = changes.map(({ uri, originalUri }) => [
    uri,
    git.toGitUri(originalUri, from),
    git.toGitUri(uri, to),
  ]);
  await commands.executeCommand('vscode.changes', title, resources);
}

async function repositoryWith(
  { repositories }: GitApi,
  commits: readonly string[],
): Promise<GitRepository | undefined> {
  for (const repository of repositories) {
    if (!workspace.getWorkspaceFolder(repository.rootUri) && repositories.length > 1) continue;
    const found = await Promise.all(commits.map((commit) => repository.getCommit(commit).catch(() => undefined)));
    if (found.every(Boolean)) return repository;
  }
  return undefined;
}
