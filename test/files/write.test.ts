import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appendLines } from '../../src/files/openFiles.ts';
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

test.skipIf(!fs.existsSync('/dev/full'))('a full disk is an error, not a torn line', () => {
  fs.symlinkSync('/dev/full', path.join(folder, 'full'));
  expect(() => appendLines(path.join(folder, 'full'), '1 0.5 0\n', folder)).toThrow('ENOSPC');
});
