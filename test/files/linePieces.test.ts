import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { linePieces } from '../../src/files/linePieces.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

function piecesOf(file: string, from = 0, to = fs.statSync(file).size) {
  const handle = fs.openSync(file, 'r');
  try {
    const pieces = [];
    for (const { bytes, start } of linePieces(handle, from, to)) pieces.push({ text: bytes.toString(), start });
    return pieces;
  } finally {
    fs.closeSync(handle);
  }
}

test.each([
  ['short lines', 'a line\n'.repeat(100_000)],
  ['a last line without an end', `${'a line\n'.repeat(100_000)}and a half`],
  ['lines longer than a piece', `${'x'.repeat(300_000)}\n${'y'.repeat(900_000)}\nz\n`],
  ['one line only', 'x'.repeat(700_000)],
  ['a small file', 'a\nb\n'],
  ['nothing', ''],
])('pieces of %s are the whole file, and end with lines', (_, text) => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'lines');
  fs.writeFileSync(file, text);
  const pieces = piecesOf(file);
  expect(pieces.map((piece) => piece.text).join('') === text).toBe(true);
  let start = 0;
  for (const [at, piece] of pieces.entries()) {
    expect(piece.start).toBe(start);
    start += piece.text.length;
    if (at < pieces.length - 1) expect(piece.text.endsWith('\n')).toBe(true);
  }
});

test('a part is read alone, and no more than there is', () => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'lines');
  fs.writeFileSync(file, 'one\ntwo\nthree\n');
  expect(piecesOf(file, 4, 8)).toEqual([{ text: 'two\n', start: 4 }]);
  expect(piecesOf(file, 8, 1_000)).toEqual([{ text: 'three\n', start: 8 }]);
});
