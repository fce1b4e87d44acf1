import fs from 'node:fs';
import { expect, test } from 'vitest';
import { commitOf, gitTags, withoutCredentials } from '../../../src/runner/project/git.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { gitRepository } from '../gitRepository.ts';

test('the commit, the first remote whatever its name, and no password of it', async () => {
  using folder = temporaryFolder();
  const repository = gitRepository(folder.path);
  const commit = repository.commit({ x: '' });
  repository.git('remote', 'add', 'zeta', 'https://me:secret@example.org/x.git');
  repository.git('remote', 'add', 'alpha', 'https://example.org/other.git');
  expect(Object.fromEntries(await gitTags(folder.path, 'trunk'))).toEqual({
    'mlflow.source.git.commit': commit,
    'mlflow.source.git.repoURL': 'https://example.org/x.git',
    'mlflow.gitRepoURL': 'https://example.org/x.git',
    'mlflow.source.git.branch': 'trunk',
    'mlflow.gitBranchName': 'trunk',
  });
});

test('no commit for what the repository ignores, nor without a repository or a commit', async () => {
  using folder = temporaryFolder();
  const repository = gitRepository(folder.join('repository'));
  expect(await commitOf(repository.folder)).toBeUndefined();
  repository.commit({ '.gitignore': 'build/\n', 'build/x': '' });
  expect(await commitOf(folder.join('repository', 'build'))).toBeUndefined();
  fs.mkdirSync(folder.join('plain'));
  expect(await gitTags(folder.join('plain'))).toEqual(new Map());
});

test.each([
  ['https://me:secret@example.org/x.git#sub', 'https://example.org/x.git#sub'],
  ['https://me:se@cret@example.org/x', 'https://example.org/x'],
  ['https://example.org/x@y', 'https://example.org/x@y'],
  ['git@github.com:a/b.git', 'git@github.com:a/b.git'],
  ['ssh://git@example.org/x', 'ssh://example.org/x'],
])('%s is shown as %s', (url, shown) => {
  expect(withoutCredentials(url)).toBe(shown);
});
