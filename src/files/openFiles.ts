import fs from 'node:fs';
import path from 'node:path';
import { errorCode } from './missing.ts';
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
    this.#handle = inFolder(path.dirname(file), () => openToAppend(file));
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
    this.#size ??= sizeOf(this.#handle, this.#file);
    return this.#size;
  }

  /**
   * Appends whole lines in one write, as other processes that append to the same file do. Where the disk takes only a part
   * of them, the part is cut off again, so that no torn line stays behind.
   */
  append(lines: string): void {
    const bytes = Buffer.from(lines);
    const { size } = this;
    const written = fs.writeSync(this.#handle, bytes);
    if (written < bytes.length) {
      this.#size = undefined;
      fs.ftruncateSync(this.#handle, fs.fstatSync(this.#handle).size - written);
      throw Object.assign(new Error(`no space left for ${this.#file}`), { code: 'ENOSPC' });
    }
    this.#size = size + written;
  }

  close(): void {
    fs.closeSync(this.#handle);
  }
}

const { O_RDWR, O_APPEND, O_CREAT, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = fs.constants;
/** As `a+`, but not through a link, which may lead anywhere, and not waiting for the other end of a pipe. */
const APPEND = O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK | O_NOFOLLOW;

function openToAppend(file: string): number {
  try {
    return fs.openSync(file, APPEND, 0o666);
  } catch (error) {
    const isOtherThing = errorCode(error) === 'ELOOP' || errorCode(error) === 'ENXIO';
    throw isOtherThing ? taken(file) : error;
  }
}

function sizeOf(handle: number, file: string): number {
  const stats = fs.fstatSync(handle);
  if (stats.isFile()) return stats.size;
  throw taken(file);
}

/** Something else has the name: a pipe, a device, a link. */
function taken(file: string): Error {
  return Object.assign(new Error(`${file} is no file`), { code: 'EEXIST' });
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
