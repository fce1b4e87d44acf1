import { commands, extensions, type Uri, workspace } from 'vscode';

/** The part of the built-in Git extension's interface that is used here (its `git.d.ts`, version 1). */
interface GitApi {
  readonly repositories: readonly GitRepository[];
  toGitUri(uri: Uri, ref: string): Uri;
}

interface GitChange {
  readonly uri: Uri;
  /** What the file was called before. */
  readonly originalUri: Uri;
}

/** A file that two commits have not in common, under its name in each. */
interface FileChange {
  readonly from: Uri;
  readonly to: Uri;
}

interface GitRepository {
  readonly rootUri: Uri;
  /** What has changed in `ref2` since both commits had one history (`git diff ref1...ref2`). */
  diffBetween(ref1: string, ref2: string): Promise<readonly GitChange[]>;
  /** What stands in a file. @throws where the commit has no such file */
  show(ref: string, path: string): Promise<string>;
  getCommit(ref: string): Promise<unknown>;
}

/** Files of the code that two commits have not in common; `undefined` where this workspace does not have both. */
export async function changedFiles(from: string, to: string): Promise<readonly string[] | undefined> {
  const git = await gitApi();
  const repository = git && (await repositoryWith(git, [from, to]));
  if (!repository) return undefined;
  const root = repository.rootUri.path;
  return (await changesBetween(repository, from, to)).map((change) => change.to.path.slice(root.length + 1)).sort();
}

/** Shows what changed in the code between two commits, file by file. @throws an Error that says why it cannot */
export async function showCommitDiff(title: string, from: string, to: string): Promise<void> {
  const git = await gitApi();
  if (!git) throw new Error("The Git extension of VS Code is turned off: turn it on to compare the runs' code.");
  const repository = await repositoryWith(git, [from, to]);
  if (!repository) {
    throw new Error(
      `No repository of this workspace has the commits ${from.slice(0, 7)} and ${to.slice(0, 7)}. Fetch them, or open their folder.`,
    );
  }
  const changes = await changesBetween(repository, from, to);
  if (changes.length === 0) throw new Error('The code of both commits is the same.');
  const resources = changes.map((change) => [change.to, git.toGitUri(change.from, from), git.toGitUri(change.to, to)]);
  await commands.executeCommand('vscode.changes', title, resources);
}

/**
 * VS Code tells of one commit what has changed since both had one history, so both are asked; what has changed in the
 * same way on both sides has not.
 */
async function changesBetween(repository: GitRepository, from: string, to: string): Promise<readonly FileChange[]> {
  const [ahead, behind] = await Promise.all([repository.diffBetween(from, to), repository.diffBetween(to, from)]);
  const changes = new Map(ahead.map(({ uri, originalUri }) => [uri.path, { from: originalUri, to: uri }]));
  const twice: string[] = [];
  for (const { uri, originalUri } of behind) {
    if (changes.has(originalUri.path)) twice.push(originalUri.path);
    else changes.set(originalUri.path, { from: uri, to: originalUri });
  }
  const text = (ref: string, path: string) => repository.show(ref, path).catch(() => undefined);
  for (const path of twice) {
    if ((await text(from, path)) === (await text(to, path))) changes.delete(path);
  }
  return [...changes.values()];
}

async function gitApi(): Promise<GitApi | undefined> {
  const extension = extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
  return extension && (await extension.activate()).getAPI(1);
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
