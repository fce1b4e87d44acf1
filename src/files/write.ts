import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { errorCode } from './missing.ts';
import { isFolder, isTemporary } from './read.ts';

/**
 * Gives a file new content so that every reader sees the old or the new one, whole: written beside it, then renamed.
 * Folders are made where they are missing.
 * @param nursery folder of the unfinished file, on the same disk: other programs take every file beside some for data.
 */
export function replaceFile(file: string, content: string | Uint8Array, nursery?: string): void {
  prepareFile(file, content, nursery).commit();
}

/** `replaceFile` for what only its owner may read. */
export function replacePrivateFile(file: string, content: string): void {
  prepareFile(file, content, path.dirname(file), 0o600).commit();
}

/** New content of a file that is written already, and only has to be put into its place. */
export interface PreparedFile {
  /** Needs no more space on the disk. Leaves nothing behind where it fails. */
  commit(): void;
  discard(): void;
}

/** The first half of `replaceFile`. */
export function prepareFile(
  file: string,
  content: string | Uint8Array,
  nursery: string = path.dirname(file),
  mode?: number,
): PreparedFile {
  const temporary = path.join(nursery, temporaryName());
  try {
    inFolder(nursery, () => fs.writeFileSync(temporary, content, { flag: 'wx', mode }));
  } catch (error) {
    discard(temporary);
    throw error;
  }
  return {
    commit() {
      try {
        inFolder(path.dirname(file), () => fs.renameSync(temporary, file));
      } catch (error) {
        discard(temporary);
        if (errorCode(error) !== 'EXDEV') throw error;
        // The folder is a link to another disk.
        replaceFile(file, content);
      }
    },
    discard: () => discard(temporary),
  };
}

/**
 * Makes a file that appears with its content, never empty. @param nursery see `replaceFile`; it must be there.
 * @returns false where there is one already, or where the disk knows no links.
 */
export function createWholeFile(file: string, content: Uint8Array, nursery: string): boolean {
  const temporary = path.join(nursery, temporaryName());
  try {
    fs.writeFileSync(temporary, content, { flag: 'wx' });
    // Unlike a rename, a link replaces nothing that another process has made meanwhile.
    inFolder(path.dirname(file), () => fs.linkSync(temporary, file));
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST' || isWithoutLinks(error)) return false;
    throw error;
  } finally {
    discard(temporary);
  }
}

function isWithoutLinks(error: unknown): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK'].includes(errorCode(error) ?? '');
}

/**
 * Makes a folder that appears with everything that `fill` puts into it. An empty one may be there already.
 * @param nursery see `replaceFile`
 */
export function createWholeFolder(folder: string, nursery: string, fill: (unfinished: string) => void): void {
  const unfinished = path.join(nursery, temporaryName());
  try {
    makeFolder(unfinished);
    fill(unfinished);
    inFolder(path.dirname(folder), () => fs.renameSync(unfinished, folder));
  } catch (error) {
    discard(unfinished);
    throw error;
  }
}

/** Removes a folder so that nobody sees half of it. @param nursery where it goes before (see `replaceFile`). */
export function removeWhole(folder: string, nursery = path.dirname(folder)): void {
  const vanished = path.join(nursery, temporaryName());
  fs.renameSync(folder, vanished);
  discard(vanished);
}

/** Removes what nobody sees: where that fails, it is only in the way. */
export function discard(target: string): void {
  try {
    fs.rmSync(target, { recursive: true, force: true });
  } catch {
    // The disk fails, or only reads: what went wrong before says more.
  }
}

/** Says how to undo a step that was done. */
export type OnFailure = (undo: () => void) => void;

/**
 * Work of several steps of which none is to stay when one fails. Each step says how to undo it; those that were done are
 * undone from the last to the first, and the error flies on.
 */
export async function allOrNothing<T>(work: (onFailure: OnFailure) => T | Promise<T>): Promise<T> {
  const undos: (() => void)[] = [];
  try {
    return await work((undo) => undos.push(undo));
  } catch (error) {
    for (const undo of undos.reverse()) {
      try {
        undo();
      } catch {
        // What failed before says more.
      }
    }
    throw error;
  }
}

/** A name that readers of folders leave out (see `isTemporary`). Node keeps random bytes for ids, and asks the system for others. */
export function temporaryName(): string {
  return `.${randomUUID().replaceAll('-', '').slice(16)}.tmp`;
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
    makeFolder(folder);
    return write();
  }
}

/** Makes a folder and those above it. Node's own way to do so says ENOENT where a file system is read-only. */
export function makeFolder(folder: string): void {
  const parent = path.dirname(folder);
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' && parent !== folder) {
      makeFolder(parent);
      makeFolder(folder);
    } else if (!isFolder(folder)) throw error;
  }
}

/** Makes a folder that only its owner can look into. */
export function makePrivateFolder(folder: string): void {
  makeFolder(folder);
  fs.chmodSync(folder, 0o700);
}

/** Copies what is in a folder, but for what was left unfinished. */
export function copyFolder(from: string, to: string): void {
  for (const name of fs.readdirSync(from)) {
    if (!isTemporary(name)) fs.cpSync(path.join(from, name), path.join(to, name), { recursive: true });
  }
}

export function moveFolder(from: string, to: string): void {
  inFolder(path.dirname(to), () => fs.renameSync(from, to));
}

/**
 * Removes a file or a whole folder; nothing happens where there is none. Node's `rmSync` does not tell by a code that a
 * file system is read-only.
 */
export function remove(target: string): void {
  try {
    fs.unlinkSync(target);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    if (!isFolder(target)) throw error;
    removeWhole(target);
  }
}
