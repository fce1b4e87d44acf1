import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appendLines } from '../../src/files/lineFile.ts';
import { readFilesBelow, readText } from '../../src/files/read.ts';
import {
  allOrNothing,
  createFile,
  createWholeFile,
  createWholeFolder,
  removeWhole,
  replaceFile,
} from '../../src/files/write.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'files-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test('a replaced file has the new content, its folder is made, and nothing else is left', () => {
  const file = path.join(folder, 'deep', 'er', 'meta');
  replaceFile(file, 'one');
  replaceFile(file, 'two');
  expect(readText(file)).toBe('two');
  expect(fs.readdirSync(path.dirname(file))).toEqual(['meta']);
});

test('a failed replacement leaves the old content and no half-written file', () => {
  fs.mkdirSync(path.join(folder, 'target'));
  fs.writeFileSync(path.join(folder, 'target', 'x'), '');
  expect(() => replaceFile(path.join(folder, 'target'), 'text')).toThrow();
  expect(fs.readdirSync(folder)).toEqual(['target']);
});

test('a file is created once', () => {
  const file = path.join(folder, 'lock');
  expect(createFile(file, 'mine')).toBe(true);
  expect(createFile(file, 'yours')).toBe(false);
  expect(readText(file)).toBe('mine');
});

test('lines are appended behind those of others', () => {
  const file = path.join(folder, 'metric');
  appendLines(file, '1 0.5 0\n', folder);
  fs.appendFileSync(file, '2 0.4 1\n');
  appendLines(file, '3 0.3 2\n', folder);
  expect(readText(file)).toBe('1 0.5 0\n2 0.4 1\n3 0.3 2\n');
});

test('a line that another program did not end does not swallow the next one', () => {
  const file = path.join(folder, 'metric');
  fs.writeFileSync(file, '1 0.5 0\n2 0.');
  appendLines(file, '3 0.3 2\n', folder);
  appendLines(file, '4 0.2 3\n', folder);
  expect(readText(file)).toBe('1 0.5 0\n2 0.\n3 0.3 2\n4 0.2 3\n');
});

test('a file appears with its first line, never empty, and replaces none', () => {
  const file = path.join(folder, 'deep', 'metric');
  expect(createWholeFile(file, Buffer.from('1\n'), folder)).toBe(true);
  expect(createWholeFile(file, Buffer.from('2\n'), folder)).toBe(false);
  expect(readText(file)).toBe('1\n');
  expect(fs.readdirSync(folder)).toEqual(['deep']);
});

test('a folder appears with all that is in it, or not at all', () => {
  const target = path.join(folder, 'in', 'whole');
  const fail = () =>
    createWholeFolder(target, folder, (unfinished) => {
      replaceFile(path.join(unfinished, 'a'), '1');
      throw new Error('full');
    });
  expect(fail).toThrow('full');
  expect(fs.readdirSync(folder)).toEqual([]);
  createWholeFolder(target, folder, (unfinished) => replaceFile(path.join(unfinished, 'a'), '1'));
  expect(readText(path.join(target, 'a'))).toBe('1');
  removeWhole(target, folder);
  expect(fs.readdirSync(folder)).toEqual(['in']);
});

test('of work that fails in the middle every step is undone, the last one first', async () => {
  const undone: number[] = [];
  const work = allOrNothing((onFailure) => {
    onFailure(() => undone.push(1));
    onFailure(() => {
      throw new Error('cannot be undone');
    });
    onFailure(() => undone.push(3));
    throw new Error('the cause');
  });
  await expect(work).rejects.toThrow('the cause');
  expect(undone).toEqual([3, 1]);
  expect(await allOrNothing(() => 'done')).toBe('done');
});

test('unfinished files are no keys, folders are parts of names', () => {
  replaceFile(path.join(folder, 'val', 'acc'), '');
  fs.writeFileSync(path.join(folder, '.0123456789abcdef.tmp'), 'half');
  expect(readFilesBelow(folder)).toEqual(['val/acc']);
});

test.skipIf(process.platform === 'win32')(
  'a disk that takes only a part of a line is an error, and keeps none of it',
  () => {
    const file = path.join(folder, 'metric');
    fs.writeFileSync(file, '1 0.5 0\n');
    const script = `import(${JSON.stringify(path.resolve('src/files/lineFile.ts'))})
    .then(({ appendLines }) => appendLines(${JSON.stringify(file)}, '2 0.4 1\\n'.repeat(1_000), ${JSON.stringify(folder)}))
    .then(() => console.log('written'), (error) => console.log(error.code));`;
    // A file may have one block and no more.
    const child = execFileSync('sh', ['-c', 'ulimit -f 1; exec "$0" -e "$1"', process.execPath, script]);
    expect(String(child)).toBe('ENOSPC\n');
    expect(readText(file)).toBe('1 0.5 0\n');
  },
);

describe.skipIf(process.platform === 'win32')('what is no file', () => {
  const make: Record<string, (file: string) => void> = {
    'a pipe': (file) => execFileSync('mkfifo', [file]),
    'a device': (file) => fs.symlinkSync('/dev/zero', file),
    'a link to nowhere': (file) => fs.symlinkSync(path.join(folder, 'nowhere'), file),
    'a link to a file': (file) => {
      fs.writeFileSync(path.join(folder, 'elsewhere'), 'text');
      fs.symlinkSync(path.join(folder, 'elsewhere'), file);
    },
  };

  test.each(Object.keys(make))('is not appended to: %s', (kind) => {
    const file = path.join(folder, 'metric');
    make[kind]?.(file);
    expect(() => appendLines(file, '1 0.5 0\n', folder)).toThrow(`${file} is no file`);
    expect(fs.existsSync(path.join(folder, 'nowhere'))).toBe(false);
    if (kind === 'a link to a file') expect(readText(file)).toBe('text');
  });

  test('is not waited for', async () => {
    for (const kind of ['a pipe', 'a device']) {
      const file = path.join(folder, kind);
      make[kind]?.(file);
      expect(readText(file)).toBeUndefined();
    }
    const socket = path.join(folder, 'socket');
    const server = net.createServer().listen(socket);
    await once(server, 'listening');
    expect(readText(socket)).toBeUndefined();
    server.close();
  });
});
