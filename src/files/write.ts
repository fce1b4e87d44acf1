import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { errorCode } from './missing.ts';

/**
 * Gives a file new content so that every reader sees the old or the new one, whole: written beside it, then renamed.
 * The folder is made where it is missing.
 */
export function replaceFile(file: string, content: string | Uint8Array): void {
  const folder = path.dirname(file);
  const temporary = path.join(folder, temporaryName());
  try {
    inFolder(folder, () => fs.writeFileSync(temporary, content, { flag: 'wx' }));
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

/** A name that readers of folders leave out (see `isTemporary`). */
export function temporaryName(): string {
  return `.${randomBytes(8).toString('hex')}.tmp`;
}

/** Makes a file that must not be there yet. @returns false where it is. */
export function createFile(file: string, content: string): boolean {
  try {
    inFolder(path.dirname(file), () => fs.writeFileSync(file, content, { flag: 'wx' }));
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Appends whole lines in one write, as other processes that append to the same file do. Where the disk takes only a part
 * of them, the part is cut off again, so that no torn line stays behind.
 */
export function appendLines(file: string, lines: string): void {
  const bytes = Buffer.from(lines);
  const handle = inFolder(path.dirname(file), () => fs.openSync(file, 'a'));
  try {
    const before = fs.fstatSync(handle).size;
    const written = writeOrCutBack(handle, bytes, before);
    if (written < bytes.length) {
      fs.ftruncateSync(handle, before);
      throw Object.assign(new Error(`no space left for ${file}`), { code: 'ENOSPC' });
    }
  } finally {
    fs.closeSync(handle);
  }
}

function writeOrCutBack(handle: number, bytes: Uint8Array, before: number): number {
  try {
    return fs.writeSync(handle, bytes);
  } catch (error) {
    if (fs.fstatSync(handle).size > before) fs.ftruncateSync(handle, before);
    throw error;
  }
}

/** Tries without making the folder first: it is there nearly always. */
function inFolder<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    fs.mkdirSync(folder, { recursive: true });
    return write();
  }
}

export function makeFolder(folder: string): void {
  fs.mkdirSync(folder, { recursive: true });
}

/** Makes a folder that only its owner can look into. */
export function makePrivateFolder(folder: string): void {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  fs.chmodSync(folder, 0o700);
}

export function moveFolder(from: string, to: string): void {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.renameSync(from, to);
}

/** Removes a file or a whole folder; nothing happens where there is none. */
export function remove(target: string): void {
  fs.rmSync(target, { recursive: true, force: true });
}
