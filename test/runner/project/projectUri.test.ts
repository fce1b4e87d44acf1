import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseProjectUri } from '../../../src/runner/project/projectUri.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

describe('a project is', () => {
  test('the folder that is there, by its path or file: URI', () => {
    using folder = temporaryFolder();
    const expected = { kind: 'folder', location: folder.path, subdirectory: '' };
    expect(parseProjectUri(folder.path)).toEqual(expected);
    expect(parseProjectUri(`'${folder.path}'`)).toEqual(expected);
    expect(parseProjectUri(pathToFileURL(folder.path).href)).toEqual(expected);
    expect(parseProjectUri(`${folder.path}#sub/folder`)).toEqual({ ...expected, subdirectory: 'sub/folder' });
  });

  test('an archive by its name', () => {
    using folder = temporaryFolder();
    const file = folder.write('p.zip', '');
    expect(parseProjectUri(`${file}#sub`)).toEqual({ kind: 'zip', location: file, subdirectory: 'sub' });
    expect(parseProjectUri('https://example.org/p.zip').kind).toBe('zip');
    expect(() => parseProjectUri('/nowhere/p.zip')).toThrow('Could not find the archive');
  });

  test('what a bare repository holds', () => {
    using folder = temporaryFolder();
    execFileSync('git', ['init', '--quiet', '--bare', folder.join('x.git')]);
    expect(parseProjectUri(folder.join('x.git')).kind).toBe('git');
  });

  test.each([
    'https://github.com/mlflow/mlflow-example',
    'https://me:secret@example.org/x.git',
    'git@github.com:mlflow/mlflow-example.git',
    'ssh://git@example.org:2222/x.git',
    'git://example.org/x',
    'file:///nowhere/x.git',
    'work:repositories/x.git',
  ])('a git repository: %s', (uri) => {
    expect(parseProjectUri(`${uri}#a/b`)).toEqual({ kind: 'git', location: uri, subdirectory: 'a/b' });
  });
});

describe('what would do something else is refused', () => {
  test.each([
    ['-u./evil', 'is no URI of a project'],
    ['--upload-pack=touch x', 'is no URI of a project'],
    ['ssh://-oProxyCommand=touch/x', 'is no URI of a project'],
    ['ssh://me@-oProxyCommand=touch/x', 'is no URI of a project'],
    ['git@-oProxyCommand=x:y', 'is no URI of a project'],
    ['ext::sh -c touch% x', 'is no URI of a project'],
    ['ext::touch', 'https, ssh, git and file only'],
    ['fd::17/x', 'https, ssh, git and file only'],
    ['https://example.org/x\n--upload-pack=y', 'is no URI of a project'],
    ['ftp://example.org/x', 'https, ssh, git and file only'],
    ['/nowhere/at/all', 'Could not find the project folder /nowhere/at/all'],
    ['', 'Give the folder'],
  ])('%j', (uri, message) => {
    expect(() => parseProjectUri(uri)).toThrow(message);
  });

  test.each(['../..', 'a/../../b', './a'])('the subdirectory %s', (subdirectory) => {
    expect(() => parseProjectUri(`/tmp#${subdirectory}`)).toThrow("'.' is not allowed in project subdirectory paths.");
  });

  test('a subdirectory from the root', () => {
    expect(() => parseProjectUri('/tmp#/etc')).toThrow('must lie in the project');
  });

  test('no password is shown', () => {
    expect(() => parseProjectUri('ftp://me:secret@example.org/x')).toThrow("'ftp://example.org/x'");
  });
});
