import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appendLines } from '../../src/files/openFiles.ts';
import { readFilesBelow, readText } from '../../src/files/read.ts';
import { createFile, replaceFile } from '../../src/files/write.ts';

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
  appendLines(file, '1 0.5 0\n');
  fs.appendFileSync(file, '2 0.4 1\n');
  appendLines(file, '3 0.3 2\n');
  expect(readText(file)).toBe('1 0.5 0\n2 0.4 1\n3 0.3 2\n');
});

test('unfinished files are no keys, folders are parts of names', () => {
  replaceFile(path.join(folder, 'val', 'acc'), '');
  fs.writeFileSync(path.join(folder, '.0123456789abcdef.tmp'), 'half');
  expect(readFilesBelow(folder)).toEqual(['val/acc']);
});

test.skipIf(!fs.existsSync('/dev/full'))('a full disk is an error, not a torn line', () => {
  fs.symlinkSync('/dev/full', path.join(folder, 'full'));
  expect(() => appendLines(path.join(folder, 'full'), '1 0.5 0\n')).toThrow('ENOSPC');
});
