import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FolderWatches } from '../../src/files/folderWatches.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';
import { until } from '../support/until.ts';

let folder: TemporaryFolder;
let watches: FolderWatches;
const heard: string[] = [];
const failures: string[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  heard.length = 0;
  failures.length = 0;
  watches = new FolderWatches(
    (file) => heard.push(path.relative(folder.path, file)),
    (reason) => failures.push(reason),
  );
});
afterEach(() => {
  watches.close();
  folder[Symbol.dispose]();
});

const hears = (file: string) => until(() => heard.includes(file), `word of ${file}`, 2_000);

test('what is made, written and removed in a watched folder is heard', async () => {
  watches.set([folder.path]);
  folder.write('a', '1');
  await hears('a');
  heard.length = 0;
  fs.appendFileSync(folder.join('a'), '2');
  await hears('a');
  heard.length = 0;
  fs.rmSync(folder.join('a'));
  await hears('a');
});

test('what is not there is not watched, and does no harm', () => {
  watches.set([folder.join('nowhere'), folder.path]);
  expect(watches.count).toBe(1);
  expect(watches.covers(folder.path)).toBe(true);
});

test.runIf(process.platform === 'linux')('folders that are not wanted any more are left alone', async () => {
  folder.write('one/file', '');
  folder.write('two/file', '');
  watches.set([folder.join('one'), folder.join('two')]);
  watches.set([folder.join('two')]);
  expect([watches.covers(folder.join('one')), watches.covers(folder.join('two'))]).toEqual([false, true]);
  fs.appendFileSync(folder.join('one', 'file'), '1');
  fs.appendFileSync(folder.join('two', 'file'), '1');
  await hears(path.join('two', 'file'));
  expect(heard).not.toContain(path.join('one', 'file'));
});

test('a folder that was replaced by another of its name is watched anew', async () => {
  folder.write('one/file', '');
  watches.set([folder.join('one')]);
  fs.rmSync(folder.join('one'), { recursive: true });
  folder.write('one/file', '');
  watches.set([folder.join('one')]);
  heard.length = 0;
  fs.appendFileSync(folder.join('one', 'file'), '1');
  await hears(path.join('one', 'file'));
});

/** Whether a process may have limits of its own for what it watches: in a user namespace (user_namespaces(7)). */
const hasNamespaces = process.platform === 'linux' && spawnSync('unshare', ['-Ur', 'true']).status === 0;

describe.runIf(hasNamespaces)('where the system has no watches left', () => {
  const MODULE = path.join(import.meta.dirname, '../../src/files/folderWatches.ts');

  /** Watches ten folders with a limit of the kernel lowered for that process alone. @returns what it was told */
  function watchWith(limit: string): { failures: string[]; count: number } {
    const program = `
      import fs from 'node:fs';
      import { FolderWatches } from ${JSON.stringify(MODULE)};
      const failures = [];
      const watches = new FolderWatches(() => {}, (reason) => failures.push(reason));
      const names = Array.from({ length: 10 }, (_, n) => ${JSON.stringify(`${folder.path}/`)} + n);
      for (const name of names) fs.mkdirSync(name, { recursive: true });
      watches.set(names);
      setTimeout(() => console.log(JSON.stringify({ failures, count: watches.count })), 50);
    `;
    const file = folder.write('program.ts', program);
    const command = `echo ${limit.replace('=', ' > /proc/sys/user/')} && exec "$0" --no-warnings "$1"`;
    const said = execFileSync('unshare', ['-Ur', 'sh', '-c', command, process.execPath, file], { encoding: 'utf8' });
    return JSON.parse(said);
  }

  test.each([
    ['3=max_inotify_watches', 'ENOSPC'],
    ['0=max_inotify_instances', 'EMFILE'],
  ])('(%s) that is told once, none is kept, and the process lives on', (limit, code) => {
    expect(watchWith(limit)).toEqual({ failures: [expect.stringContaining(code)], count: 0 });
  });

  test('a limit that suffices is none', () => {
    expect(watchWith('11=max_inotify_watches')).toEqual({ failures: [], count: 10 });
  });
});
