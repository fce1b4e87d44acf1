import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lookOf } from '../../src/files/fileReader.ts';
import { SeenFile } from '../../src/files/seenFile.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';

const TEXT = 'a line of some length\n'.repeat(10);

function open(folder: TemporaryFolder) {
  const handle = fs.openSync(folder.join('file'), 'r');
  return { handle, stats: fs.fstatSync(handle), [Symbol.dispose]: () => fs.closeSync(handle) };
}

/** @returns whether it is the same, and whether it has grown. */
function compare(seen: SeenFile, folder: TemporaryFolder): readonly [boolean, boolean] {
  using file = open(folder);
  const both = [seen.isSame(file.stats), seen.hasGrown(file.handle, file.stats)] as const;
  expect(seen.holds(file.handle, file.stats)).toBe(both[0] || both[1]);
  return both;
}

describe.each([TEXT, '', 'short\n'])('a file that was seen with %j', (text) => {
  test.each([
    ['untouched', () => undefined, [true, false]],
    ['appended to', (file: string) => fs.appendFileSync(file, 'more\n'), [false, true]],
    ['replaced by a longer one', replace(`${text}more\n`), [false, false]],
  ] as const)('is told from one that is %s', (_, change, expected) => {
    using folder = temporaryFolder();
    folder.write('file', text);
    using file = open(folder);
    const seen = SeenFile.read(file.handle, file.stats);
    change(folder.join('file'));
    expect(compare(seen, folder)).toEqual(expected);
  });
});

test.each([
  ['shortened', (file: string) => fs.truncateSync(file, 50)],
  ['written over with as many bytes', (file: string) => fs.writeFileSync(file, TEXT.replace('some', 'same'))],
  ['written over with another end and more', (file: string) => fs.writeFileSync(file, `${TEXT.toUpperCase()}more`)],
])('a file that was %s is neither the same nor longer', async (_, change) => {
  using folder = temporaryFolder();
  folder.write('file', TEXT);
  using file = open(folder);
  const seen = SeenFile.read(file.handle, file.stats);
  await new Promise((resolve) => setTimeout(resolve, 20));
  change(folder.join('file'));
  expect(compare(seen, folder)).toEqual([false, false]);
});

test('what followed counts, and whether it ends with a line', () => {
  using folder = temporaryFolder();
  folder.write('file', 'ab\nc');
  using file = open(folder);
  const about = { look: lookOf(file.stats), ino: file.stats.ino };
  const first = SeenFile.of(undefined, Buffer.from('ab\n'), about);
  const both = SeenFile.of(first, Buffer.from('c'), about);
  expect([first.size, both.size]).toEqual([3, 4]);
  expect([first.endsWithLine, both.endsWithLine]).toEqual([true, false]);
  expect([first.hasGrown(file.handle, file.stats), both.isSame(file.stats)]).toEqual([true, true]);
});

function replace(text: string) {
  return (file: string) => {
    // Both are there at the same time, so that they are not the same file.
    fs.writeFileSync(`${file}.new`, text);
    fs.renameSync(`${file}.new`, file);
  };
}
