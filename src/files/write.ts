import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { errorCode } from './missing.ts';

/**
 * Gives a file new content so that every reader sees the old or the new one, whole: written beside it, then renamed.
 * The folder is made where it is missing.
 * @param mode permissions of a file that not everybody may read.
 */
export function replaceFile(file: string, content: string | Uint8Array, mode?: number): void {
  const folder = path.dirname(file);
  const temporary = path.join(folder, temporaryName());
  try {
    inFolder(folder, () => fs.writeFileSync(temporary, content, { flag: 'wx', mode }));
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

/** Writes into a folder that may have to be made; tried without first, since it is there nearly always. */
export function inFolder<T>(folder: string, write: () => T): T {
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
