import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fetchProject } from '../../../src/runner/project/fetchProject.ts';
import { gitTags } from '../../../src/runner/project/git.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporaryFolder.ts';
import { type GitRepository, gitRepository } from '../gitRepository.ts';

let folder: TemporaryFolder;
let repository: GitRepository;
let first: string;
let second: string;

beforeEach(() => {
  folder = temporaryFolder();
  fs.mkdirSync(folder.join('tmp'));
  vi.stubEnv('TMPDIR', folder.join('tmp'));
  repository = gitRepository(folder.join('repository'));
  first = repository.commit({ MLproject: 'name: one\n', 'sub/MLproject': 'name: sub\n' });
  repository.git('tag', 'v1.0');
  repository.git('branch', 'old/one');
  second = repository.commit({ MLproject: 'name: two\n' });
});

afterEach(() => {
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

const said: string[] = [];
function fetch(uri: string, version?: string) {
  said.length = 0;
  return fetchProject(uri, { version, say: (line) => said.push(line), signal: new AbortController().signal });
}

function project(at: string): string {
  return fs.readFileSync(path.join(at, 'MLproject'), 'utf8');
}

const url = () => `${pathToFileURL(repository.git('rev-parse', '--absolute-git-dir')).href}`;

/** A `file:` URI of what does not lie there as a folder: a bare copy by another name. */
function remote(): string {
  const bare = folder.join('remote.git');
  if (!fs.existsSync(bare)) execFileSync('git', ['clone', '--quiet', '--bare', repository.folder, bare]);
  return pathToFileURL(bare).href;
}

describe('a project in a folder', () => {
  test('stays where it is', async () => {
    fs.mkdirSync(folder.join('plain'));
    expect(await fetch(folder.join('plain'))).toEqual({ folder: folder.join('plain'), source: folder.join('plain') });
    expect(said).toEqual([]);
  });

  test('is named by its repository', async () => {
    expect((await fetch(repository.folder)).source).toBe(`file://${repository.folder}`);
    expect((await fetch(path.join(repository.folder, 'sub'))).source).toBe(`file://${repository.folder}#sub`);
  });

  test('can be a subdirectory', async () => {
    const uri = `${repository.folder}#sub`;
    expect(await fetch(uri)).toEqual({ folder: path.join(repository.folder, 'sub'), source: uri });
    await expect(fetch(`${repository.folder}#gone`)).rejects.toThrow(`Could not find subdirectory gone of`);
  });

  test('has versions where it is a repository, and is not changed by asking for one', async () => {
    const fetched = await fetch(repository.folder, 'v1.0');
    expect(project(fetched.folder)).toBe('name: one\n');
    expect(project(repository.folder)).toBe('name: two\n');
    fs.mkdirSync(folder.join('plain'));
    await expect(fetch(folder.join('plain'), 'v1.0')).rejects.toThrow(
      'Setting a version is only supported for Git project URIs',
    );
  });
});

describe('a project in a git repository', () => {
  test('is fetched without its history, the main branch where nothing else is said', async () => {
    const fetched = await fetch(remote());
    expect(project(fetched.folder)).toBe('name: two\n');
    expect(fetched.source).toBe(remote());
    expect(said).toEqual([expect.stringMatching(/^Fetching project from .*remote\.git into /)]);
    const tags = await gitTags(fetched.folder);
    expect(tags.get('mlflow.source.git.commit')).toBe(second);
    expect(fs.existsSync(path.join(fetched.folder, '.git', 'shallow'))).toBe(true);
  });

  test.each([
    ['a tag', () => 'v1.0'],
    ['a branch', () => 'old/one'],
    ['a commit', () => first],
    ['the beginning of a commit', () => first.slice(0, 8)],
  ])('is fetched at %s', async (kind, version) => {
    const fetched = await fetch(`${remote()}#sub`, version());
    expect(path.basename(fetched.folder)).toBe('sub');
    const tags = await gitTags(fetched.folder, version());
    expect(tags.get('mlflow.source.git.commit')).toBe(first);
    expect(tags.get('mlflow.source.git.branch')).toBe(kind === 'a branch' ? 'old/one' : undefined);
  });

  test('has its submodules', async () => {
    vi.stubEnv('GIT_CONFIG_COUNT', '1');
    vi.stubEnv('GIT_CONFIG_KEY_0', 'protocol.file.allow');
    vi.stubEnv('GIT_CONFIG_VALUE_0', 'always');
    const outer = gitRepository(folder.join('outer'));
    outer.git('submodule', '--quiet', 'add', repository.folder, 'inner');
    outer.commit({ MLproject: 'name: outer\n' });
    const fetched = await fetch(`${pathToFileURL(outer.git('rev-parse', '--absolute-git-dir')).href}`);
    expect(project(path.join(fetched.folder, 'inner'))).toBe('name: two\n');
  });

  test('runs no command that a submodule names, whatever is configured', async () => {
    vi.stubEnv('GIT_CONFIG_COUNT', '1');
    vi.stubEnv('GIT_CONFIG_KEY_0', 'protocol.ext.allow');
    vi.stubEnv('GIT_CONFIG_VALUE_0', 'always');
    const evil = gitRepository(folder.join('evil'));
    evil.git('update-index', '--add', '--cacheinfo', `160000,${first},inner`);
    fs.mkdirSync(path.join(evil.folder, 'inner'));
    const command = `ext::sh -c touch% ${folder.join('touched')}`;
    evil.commit({ '.gitmodules': `[submodule "inner"]\n\tpath = inner\n\turl = ${command}\n` });
    await expect(fetch(pathToFileURL(path.join(evil.folder, '.git')).href)).rejects.toThrow('fatal: ');
    expect(fs.existsSync(folder.join('touched'))).toBe(false);
  });

  test('that has no such version says so, and leaves nothing behind', async () => {
    await expect(fetch(remote(), 'nope')).rejects.toThrow(
      /Unable to checkout version 'nope' of git repo .* - please ensure that the version exists in the repo\. Error: .*fatal: /,
    );
    expect(fs.readdirSync(folder.join('tmp'))).toEqual([]);
  });

  test.each(['--upload-pack=touch x', '-b', 'a..b', 'a b', 'a:b', '+a'])('has no version %j', async (version) => {
    await expect(fetch(remote(), version)).rejects.toThrow('is no branch, tag or commit');
  });

  test('is not what a link of it leads out to', async () => {
    fs.symlinkSync('/etc', path.join(repository.folder, 'link'));
    repository.commit({ x: '' });
    await expect(fetch(`${url()}#link`)).rejects.toThrow('Could not find subdirectory link');
  });

  test('needs git', async () => {
    const uri = remote();
    vi.stubEnv('PATH', folder.join('tmp'));
    await expect(fetch(uri)).rejects.toThrow('install it (https://git-scm.com)');
  });
});

test('a ZIP file is unpacked', async () => {
  const file = folder.join('p.zip');
  repository.git('archive', '--format=zip', '--prefix=top/', `--output=${file}`, 'HEAD');
  const fetched = await fetch(`${file}#top`);
  expect(project(fetched.folder)).toBe('name: two\n');
  expect(fetched.source).toBe(`${file}#top`);
  await expect(fetch(file, 'v1.0')).rejects.toThrow('only supported for Git project URIs');
});
