import fs from 'node:fs';
import path from 'node:path';
import { errorCode, unlessMissing } from './missing.ts';
import { createWholeFile, inFolder } from './write.ts';

/** Files that may be open at once. */
const FILES = 64;

/**
 * Files that lines are appended to. They are kept open until the requests that have arrived by now are done, so that many
 * lines for one file cost little more than the first; not longer, for another process may move or remove them.
 */
export class OpenFiles {
  readonly #files = new Map<string, LineFile>();

  /** Opens a file, which may not be there yet. @param nursery folder of its first lines until it is (see `replaceFile`). */
  open(file: string, nursery: string): LineFile {
    const open = this.#files.get(file);
    if (open) return open;
    if (this.#files.size >= FILES) this.close();
    const opened = new LineFile(file, nursery);
    if (this.#files.size === 0) setImmediate(() => this.close());
    this.#files.set(file, opened);
    return opened;
  }

  close(): void {
    for (const file of this.#files.values()) file.close();
    this.#files.clear();
  }
}

/** How often the end of a file is looked at that is no whole line, and ms between: much longer than a write takes. */
const [LOOKS, PAUSE] = [5, 1];
/** Wakes nobody. */
const nobody = new Int32Array(new SharedArrayBuffer(4));
const NEWLINE = 10;
const lastTwo = Buffer.alloc(2);

class LineFile {
  readonly #file: string;
  readonly #nursery: string;
  /** Absent while there is no file. */
  #handle: number | undefined;
  /** bytes, once it is known */
  #size: number | undefined;
  /** Whether it ends with a line: what another program began and did not end must not swallow ours. */
  #isWhole: boolean | undefined;

  constructor(file: string, nursery: string) {
    this.#file = file;
    this.#nursery = nursery;
    this.#handle = unlessMissing(() => openToAppend(file));
  }

  /**
   * Whether the file is so long (bytes), and ends with a line. Reads the end instead of asking for the size: file systems
   * keep finer times of a file that is asked about between writes, which makes each write twice as long.
   */
  endsAt(size: number): boolean {
    if (this.#handle === undefined) return size === 0;
    if (this.#size !== undefined) return this.#size === size;
    const read = fs.readSync(this.#handle, lastTwo, 0, 2, Math.max(size - 1, 0));
    const isSame = size === 0 ? read === 0 : read === 1 && lastTwo[0] === NEWLINE;
    if (isSame) [this.#size, this.#isWhole] = [size, true];
    return isSame;
  }

  get size(): number {
    if (this.#handle === undefined) return 0;
    this.#size ??= sizeOf(this.#handle, this.#file);
    return this.#size;
  }

  /**
   * Appends whole lines in one write, as other processes that append to the same file do. A new file appears with them: a
   * reader of MLflow's takes an empty one for broken. Where the disk takes only a part of them, nothing of them stays.
   */
  append(lines: string): void {
    const bytes = Buffer.from(lines);
    if (this.#handle === undefined) {
      const isMade = createWholeFile(this.#file, bytes, this.#nursery);
      this.#handle = inFolder(path.dirname(this.#file), () => openToAppend(this.#file, O_CREAT));
      if (isMade) {
        [this.#size, this.#isWhole] = [bytes.length, true];
        return;
      }
    }
    this.#isWhole ??= this.#endsWithLine(this.#handle);
    this.#write(this.#handle, this.#isWhole ? bytes : Buffer.concat([Buffer.from('\n'), bytes]));
    this.#isWhole = true;
  }

  /** Where it does not, it is looked at again: file systems show a write of another process page by page. */
  #endsWithLine(handle: number): boolean {
    for (let look = 1; ; look++) {
      const { size } = this;
      if (size === 0) return true;
      if (fs.readSync(handle, lastTwo, 0, 1, size - 1) === 1 && lastTwo[0] === NEWLINE) return true;
      if (look === LOOKS) return false;
      Atomics.wait(nobody, 0, 0, PAUSE);
      this.#size = undefined;
    }
  }

  #write(handle: number, bytes: Buffer): void {
    const { size } = this;
    const written = fs.writeSync(handle, bytes);
    if (written < bytes.length) {
      [this.#size, this.#isWhole] = [undefined, undefined];
      cutOff(handle, bytes.subarray(0, written));
      throw Object.assign(new Error(`no space left for ${this.#file}`), { code: 'ENOSPC', syscall: 'write' });
    }
    this.#size = size + written;
  }

  close(): void {
    if (this.#handle !== undefined) closeQuietly(this.#handle);
    this.#handle = undefined;
  }
}

/** Takes the last bytes of a file away again, if they are still the last: others append, too. */
function cutOff(handle: number, bytes: Buffer): void {
  const start = fs.fstatSync(handle).size - bytes.length;
  const end = Buffer.alloc(bytes.length);
  if (fs.readSync(handle, end, 0, end.length, start) === end.length && end.equals(bytes)) {
    fs.ftruncateSync(handle, start);
  }
}

/** The lines were written: that the system has something against closing does not undo it, and nobody waits for it. */
function closeQuietly(handle: number): void {
  try {
    fs.closeSync(handle);
  } catch {
    // It is closed all the same (close(2) on Linux).
  }
}

const { O_RDWR, O_APPEND, O_CREAT, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = fs.constants;
/** Not through a link, which may lead anywhere, and not waiting for the other end of a pipe. */
const APPEND = O_RDWR | O_APPEND | O_NONBLOCK | O_NOFOLLOW;

/** @param create `O_CREAT`, to make the file where it is missing. */
function openToAppend(file: string, create = 0): number {
  try {
    return fs.openSync(file, APPEND | create, 0o666);
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
export function appendLines(file: string, lines: string, nursery: string): void {
  const open = new LineFile(file, nursery);
  try {
    open.append(lines);
  } finally {
    open.close();
  }
}
