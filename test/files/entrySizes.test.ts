import fs from 'node:fs';
import { expect, test } from 'vitest';
import { entrySizes } from '../../src/files/entrySizes.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const sum = (target: string) => [...entrySizes(target)].reduce((total, size) => total + size, 0);

test('all that is in a folder is counted', () => {
  using folder = temporaryFolder();
  folder.write('a/b/one', 'x'.repeat(100_000));
  folder.write('a/two', 'x'.repeat(50_000));
  expect([...entrySizes(folder.join('a'))].length).toBe(4);
  expect(sum(folder.join('a'))).toBeGreaterThanOrEqual(140_000);
});

test('entries that are left out are not looked into', () => {
  using folder = temporaryFolder();
  folder.write('a/known/one', 'x'.repeat(100_000));
  folder.write('a/b/known', 'x'.repeat(50_000));
  const sizes = [...entrySizes(folder.join('a'), (name) => name === 'known')];
  expect(sizes).toHaveLength(3);
  expect(Math.max(...sizes)).toBeGreaterThanOrEqual(50_000);
});

test('what is not there takes nothing', () => {
  using folder = temporaryFolder();
  expect(sum(folder.join('none'))).toBe(0);
});

test.skipIf(process.platform === 'win32')('links are not followed, and a circle of them ends', () => {
  using folder = temporaryFolder();
  folder.write('large', 'x'.repeat(1_000_000));
  folder.write('a/small', 'x');
  fs.symlinkSync(folder.join('large'), folder.join('a', 'link'));
  fs.symlinkSync(folder.join('a'), folder.join('a', 'self'));
  expect(sum(folder.join('a'))).toBeLessThan(500_000);
});

test.skipIf(process.platform === 'win32')('a file with a hole takes what it holds', () => {
  using folder = temporaryFolder();
  const file = folder.write('sparse', 'x');
  fs.truncateSync(file, 5 * 1024 ** 3);
  expect(sum(file)).toBeLessThan(1024 ** 2);
});
