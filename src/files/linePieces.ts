import fs from 'node:fs';

/** bytes: few enough to stay in a processor's cache. */
const PIECE = 256 * 1024;
const NEWLINE = 10;

export interface Piece {
  /** Whole lines, but for the last one of a file that does not end with one. Valid until the next piece is asked for. */
  readonly bytes: Buffer;
  /** Where in the file they begin (bytes). */
  readonly start: number;
}

/** The lines of an open file from one place to another (bytes), in pieces: a buffer for all of a large file takes longer than reading it. */
export function* linePieces(handle: number, from: number, to: number): Generator<Piece, void> {
  let buffer = Buffer.allocUnsafe(Math.min(PIECE, to - from));
  let [start, size] = [from, 0];
  while (start + size < to) {
    if (size === buffer.length) buffer = Buffer.concat([buffer], 2 * size); // a line longer than that
    const read = fs.readSync(handle, buffer, size, Math.min(buffer.length - size, to - start - size), start + size);
    size += read;
    const isEnd = read === 0 || start + size === to;
    const whole = isEnd ? size : buffer.lastIndexOf(NEWLINE, size - 1) + 1;
    if (whole > 0) yield { bytes: buffer.subarray(0, whole), start };
    if (isEnd) return;
    buffer.copyWithin(0, whole, size);
    start += whole;
    size -= whole;
  }
}
