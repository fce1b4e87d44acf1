import fs from 'node:fs';
import path from 'node:path';
import { errorCode, unlessMissing } from './missing.ts';
import { isFolder, openToRead, readRange, stat } from './read.ts';
import { createWholeFile, inFolder } from './write.ts';

/** How often the end of a file is looked at that is no whole line, and ms between: much longer than a write takes. */
const [LOOKS, PAUSE] = [5, 1];
/** More than is appended in the time for which a file is trusted (bytes). */
const TAIL = 4 * 1024 * 1024;
/** Wakes nobody. */
const nobody = new Int32Array(new SharedArrayBuffer(4));
const NEWLINE = 10;
const lastTwo = Buffer.alloc(2);

/** What is known of an open file since it is trusted to be the one at its place. */
interface Trust {
  readonly dev: number;
  readonly ino: number;
  /** bytes that it had then. */
  readonly start: number;
  /** What was appended since. */
  readonly appended: string[];
}

/** A file that lines are appended to. */
export class LineFile {
  readonly #file: string;
  readonly #nursery: string;
  /** Absent while there is no file. */
  #handle: number | undefined;
  /** bytes, once it is known */
  #size: number | undefined;
  /** Whether it ends with a line: what another program began and did not end must not swallow ours. */
  #isWhole: boolean | undefined;
  #trust: Trust | undefined;

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
    this.#trust?.appended.push(lines);
  }

  /**
   * From now on lines are appended without a look at whether other processes have moved, replaced or removed the file
   * meanwhile, or written to it: `settle` makes good what that does to them.
   */
  trust(): void {
    if (this.#handle === undefined || this.#trust) return;
    const { dev, ino, size } = fs.fstatSync(this.#handle);
    if (size !== this.#size) [this.#size, this.#isWhole] = [size, undefined];
    this.#trust = { dev, ino, start: size, appended: [] };
  }

  /** Ends the trust: appends again what is not in the file that has the name now. @throws the system's error */
  settle(): void {
    const [handle, trust] = [this.#handle, this.#trust];
    this.#trust = undefined;
    if (handle === undefined || !trust || trust.appended.length === 0) return;
    const found = stat(this.#file);
    const isSame = found?.ino === trust.ino && found.dev === trust.dev;
    if (isSame && found.size === this.#size) return;
    // Moved, with all that was appended; or removed with its folder.
    if (!found && (fs.fstatSync(handle).nlink > 0 || !isFolder(this.#nursery))) return;
    const there = found ? lastLines(this.#file, isSame ? trust.start : 0) : new Set();
    const lost = trust.appended.flatMap((lines) => lines.split('\n')).filter((line) => line !== '' && !there.has(line));
    if (lost.length > 0) appendLines(this.#file, lost.map((line) => `${line}\n`).join(''), this.#nursery);
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

/** The whole lines that a file ends with, from a place on (bytes). */
function lastLines(file: string, start: number): ReadonlySet<string> {
  const handle = openToRead(file);
  if (handle === undefined) return new Set();
  try {
    const { size } = fs.fstatSync(handle);
    const bytes = readRange(handle, Math.max(start, size - TAIL), size);
    return new Set(bytes.toString().split('\n').slice(0, -1));
  } finally {
    closeQuietly(handle);
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
