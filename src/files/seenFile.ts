import type fs from 'node:fs';
import { lookOf } from './fileReader.ts';
import { readRange } from './read.ts';

/** bytes before the end of what was read: where they are still there, the file was only appended to. */
const SEAM = 64;
const NEWLINE = 10;

/** What a file was like when it was read up to some place: tells whether that can be read on from. */
export class SeenFile {
  /** bytes that were read. */
  readonly size: number;
  readonly #look: number;
  readonly #ino: number;
  readonly #seam: Buffer;

  /** @param end what was read last, `SEAM` bytes or all */
  private constructor(size: number, look: number, ino: number, end: Buffer) {
    this.size = size;
    this.#look = look;
    this.#ino = ino;
    this.#seam = Buffer.from(end.subarray(-SEAM));
  }

  /** An open file that was read up to the size that it had. */
  static read(handle: number, stats: fs.Stats): SeenFile {
    return new SeenFile(stats.size, lookOf(stats), stats.ino, readRange(handle, stats.size - SEAM, stats.size));
  }

  /** @param bytes all of a file, or what followed on what was seen `before` */
  static of(
    before: SeenFile | undefined,
    bytes: Buffer,
    { look, ino }: { readonly look: number; readonly ino: number },
  ) {
    const end = before ? Buffer.concat([before.#seam, bytes.subarray(-SEAM)]) : bytes;
    return new SeenFile((before?.size ?? 0) + bytes.length, look, ino, end);
  }

  /** Whether what was read ends with a line; what is written of the next one may be no more than a part of it. */
  get endsWithLine(): boolean {
    return this.size === 0 || this.#seam.at(-1) === NEWLINE;
  }

  isSame(stats: fs.Stats): boolean {
    return stats.size === this.size && lookOf(stats) === this.#look;
  }

  /** Whether what was read is still there, and the rest can be read on from it. */
  holds(handle: number, stats: fs.Stats): boolean {
    return this.isSame(stats) || this.hasGrown(handle, stats);
  }

  /** Whether there is more, and nothing else. */
  hasGrown(handle: number, stats: fs.Stats): boolean {
    if (stats.ino !== this.#ino || stats.size <= this.size) return false;
    return readRange(handle, this.size - this.#seam.length, this.size).equals(this.#seam);
  }
}
