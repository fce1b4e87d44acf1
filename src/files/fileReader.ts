import { constants } from 'node:buffer';
import fs from 'node:fs';
import { unlessForbidden, unlessMissing } from './missing.ts';
import { READ_FLAGS, stat } from './read.ts';

const FIRST_SIZE = 64 * 1024;

export interface FileBytes {
  /** Good until the next file is read. */
  readonly bytes: Buffer;
  /** What the file looked like (see `lookOf`). */
  readonly look: number;
  /** ms since the epoch. */
  readonly modified: number;
  /** Where in the file the bytes begin, and which file it is. */
  readonly start: number;
  readonly ino: number;
}

/** Says where the reading of an open file is to begin (bytes). */
export type StartOf = (handle: number, stats: fs.Stats) => number;

/** Reads many small files quickly: one buffer for all of them, and no object per file that is not needed. */
export class FileReader {
  #buffer = Buffer.allocUnsafeSlow(FIRST_SIZE);

  /** `undefined` where there is no file, or something that is none; `'folder'` where there is a folder. */
  read(file: string, startOf?: StartOf): FileBytes | 'folder' | undefined {
    return unlessMissing(() => this.#read(file, startOf));
  }

  #read(file: string, startOf?: StartOf): FileBytes | 'folder' | undefined {
    const handle = fs.openSync(file, READ_FLAGS);
    try {
      const stats = fs.fstatSync(handle);
      if (!stats.isFile()) return stats.isDirectory() ? 'folder' : undefined;
      const start = startOf?.(handle, stats) ?? 0;
      const wanted = stats.size - start;
      if (wanted > constants.MAX_LENGTH) throw new Error(`it is too large (${wanted} bytes)`);
      if (wanted >= this.#buffer.length) this.#buffer = Buffer.allocUnsafeSlow(2 * wanted);
      let size = 0;
      for (;;) {
        const place = start > 0 ? start + size : null;
        const read = fs.readSync(handle, this.#buffer, size, this.#buffer.length - size, place);
        size += read;
        // What was appended meanwhile may be read too; a short read is the end of a file.
        if (read === 0 || size >= wanted) break;
      }
      const bytes = this.#buffer.subarray(0, size);
      return { bytes, look: lookOf(stats), modified: stats.mtimeMs, start, ino: stats.ino };
    } finally {
      fs.closeSync(handle);
    }
  }
}

/**
 * A number that another content of a file would nearly always change: of its modification time, size and inode, and of
 * the time that no program can set (rsync and wrong clocks give files any other). Never 0, which stands for nothing there.
 */
export function lookOf({
  mtimeMs,
  ctimeMs,
  size,
  ino,
}: Pick<fs.Stats, 'mtimeMs' | 'ctimeMs' | 'size' | 'ino'>): number {
  return mix(mix(mix(mix(0, mtimeMs), ctimeMs), size), ino);
}

/** What a file looks like now (see `lookOf`); 0 where there is none. @throws where the system does not show it */
export function lookAtFile(file: string): number {
  const stats = stat(file);
  return stats?.isFile() ? lookOf(stats) : 0;
}

/** The same; what others keep to themselves looks as if it were not there. */
export function lookIfShown(file: string): number {
  return unlessForbidden(() => lookAtFile(file)) ?? 0;
}

/** One look for many. */
export function combineLooks(looks: readonly number[]): number {
  return looks.reduce(mix, 0);
}

/** One number and its two halves. */
const whole = new Float64Array(1);
const halves = new Uint32Array(whole.buffer);

/** A hash of 53 bits, which is as many as a number holds. */
function mix(hash: number, value: number): number {
  whole[0] = value;
  const [low = 0, high = 0] = halves;
  const a = Math.imul((hash / 2 ** 32) ^ low ^ 0x9e3779b9, 0x85ebca6b) ^ high;
  const b = Math.imul(hash ^ high ^ 0xc2b2ae35, 0x27d4eb2f) ^ Math.imul(low, 0x165667b1);
  const mixed = Math.imul(a ^ (b >>> 15), 0x2c1b3c6d);
  return 1 + ((mixed ^ (mixed >>> 12)) & 0x1fffff) * 2 ** 32 + ((b ^ (a >>> 13)) >>> 0);
}
