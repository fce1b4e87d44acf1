import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectSources, sourceFolder } from '../../../src/runner/project/projectSources.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

test('a project outside of a repository is known by its folder', async () => {
  using folder = temporaryFolder();
  expect(await projectSources(folder.path)).toEqual([folder.path]);
});

test.skipIf(process.platform === 'win32')('a project in a repository is known by both names', async () => {
  using folder = temporaryFolder();
  spawnSync('git', ['init', folder.join('repository')]);
  const project = folder.join('repository', 'a', 'wine');
  fs.mkdirSync(project, { recursive: true });
  fs.symlinkSync(folder.join('repository'), folder.join('link'));
  const named = `file://${folder.join('repository')}#a/wine`;
  expect(await projectSources(project)).toEqual([project, named]);
  expect(await projectSources(folder.join('link', 'a', 'wine'))).toEqual([folder.join('link', 'a', 'wine'), named]);
  expect(await projectSources(folder.join('repository'))).toEqual([
    folder.join('repository'),
    `file://${folder.join('repository')}`,
  ]);
  expect((await projectSources(project)).map(sourceFolder)).toEqual([project, project]);
});

test('a project elsewhere has no folder', () => {
  for (const source of ['https://github.com/a/b#c', 'git@github.com:a/b.git', 'wine', '']) {
    expect(sourceFolder(source)).toBeUndefined();
  }
  expect(sourceFolder(path.resolve('/wine'))).toBe(path.resolve('/wine'));
});
