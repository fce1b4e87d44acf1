import fs from 'node:fs';
import path from 'node:path';
import { inFolder } from './write.ts';

/** Files that may be open at once. */
const FILES = 64;

/**
 * Files that lines are appended to. They are kept open until the requests that have arrived by now are done, so that many
 * lines for one file cost little more than the first; not longer, for another process may move or remove them.
 */
export class OpenFiles {
  readonly #files = new Map<string, LineFile>();

  /** Opens a file, which is made with its folder where it is not there. */
  open(file: string): LineFile {
    const open = this.#files.get(file);
    if (open) return open;
    if (this.#files.size >= FILES) this.close();
    const opened = new LineFile(file);
    if (this.#files.size === 0) setImmediate(() => this.close());
    this.#files.set(file, opened);
    return opened;
  }

  close(): void {
    for (const file of this.#files.values()) file.close();
    this.#files.clear();
  }
}

const NEWLINE = 10;
const lastTwo = Buffer.alloc(2);

class LineFile {
  readonly #file: string;
  readonly #handle: number;
  /** bytes, once it is known */
  #size: number | undefined;

  constructor(file: string) {
    this.#file = file;
    this.#handle = inFolder(path.dirname(file), () => fs.openSync(file, 'a+'));
  }

  /**
   * Whether the file is so long (bytes), and ends with a line. Reads the end instead of asking for the size: file systems
   * keep finer times of a file that is asked about between writes, which makes each write twice as long.
   */
  endsAt(size: number): boolean {
    if (this.#size !== undefined) return this.#size === size;
    const read = fs.readSync(this.#handle, lastTwo, 0, 2, Math.max(size - 1, 0));
    const isSame = size === 0 ? read === 0 : read === 1 && lastTwo[0] === NEWLINE;
    if (isSame) this.#size = size;
    return isSame;
  }

  get size(): number {
    this.#size ??= fs.fstatSync(this.#handle).size;
    return this.#size;
  }

  /**
   * Appends whole lines in one write, as other processes that append to the same file do. Where the disk takes only a part
   * of them, the part is cut off again, so that no torn line stays behind.
   */
  append(lines: string): void {
    const bytes = Buffer.from(lines);
    const written = fs.writeSync(this.#handle, bytes);
    if (written < bytes.length) {
      this.#size = undefined;
      fs.ftruncateSync(this.#handle, fs.fstatSync(this.#handle).size - written);
      throw Object.assign(new Error(`no space left for ${this.#file}`), { code: 'ENOSPC' });
    }
    if (this.#size !== undefined) this.#size += written;
  }

  close(): void {
    fs.closeSync(this.#handle);
  }
}

/** Appends whole lines to a file (see `LineFile.append`). */
export function appendLines(file: string, lines: string): void {
  const open = new LineFile(file);
  try {
    open.append(lines);
  } finally {
    open.close();
  }
}
