import fs from 'node:fs';
import { unlessMissing } from './missing.ts';

/** The text of a UTF-8 file, without a byte order mark; `undefined` also for a pipe or device, which might not end. */
export function readText(file: string): string | undefined {
  const text = unlessMissing(() => readRegular(file));
  return text?.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Not waiting for the other end of a pipe that somebody put where a file was expected. */
export const READ_FLAGS = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0);

/** Opens a file to read; `undefined` where there is none. It may be a folder, a pipe or a device. */
export function openToRead(file: string): number | undefined {
  return unlessMissing(() => fs.openSync(file, READ_FLAGS));
}

/** The bytes of an open file from one place to another (bytes), fewer where it ends before or does not begin there. */
export function readRange(handle: number, from: number, to: number): Buffer {
  const start = Math.max(0, from);
  const bytes = Buffer.allocUnsafe(Math.max(0, to - start));
  return bytes.subarray(0, fill(bytes, handle, start));
}

/** Fills a buffer from a place of an open file (bytes). @returns how many bytes there were */
export function fill(buffer: Buffer, handle: number, from: number): number {
  let size = 0;
  for (let read = -1; size < buffer.length && read !== 0; size += read) {
    read = fs.readSync(handle, buffer, size, buffer.length - size, from + size);
  }
  return size;
}

function readRegular(file: string): string | undefined {
  const handle = fs.openSync(file, READ_FLAGS);
  try {
    return fs.fstatSync(handle).isFile() ? fs.readFileSync(handle, 'utf8') : undefined;
  } finally {
    fs.closeSync(handle);
  }
}

/** The entries of a folder in the order of their names; none where there is no such folder. */
export function readFolder(folder: string): fs.Dirent[] {
  const entries = unlessMissing(() => fs.readdirSync(folder, { withFileTypes: true })) ?? [];
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names of the folders in a folder, links to folders included. */
export function readSubfolders(folder: string): string[] {
  const entries = unlessMissing(() => fs.readdirSync(folder, { withFileTypes: true })) ?? [];
  return entries
    .filter((entry) => entry.isDirectory() || (entry.isSymbolicLink() && isFolder(`${folder}/${entry.name}`)))
    .map((entry) => entry.name)
    .sort();
}

/**
 * The files below a folder as paths relative to it, `/` between segments. Keys of params, tags and metrics that contain
 * slashes are folders on disk.
 */
export function readFilesBelow(folder: string, prefix = ''): string[] {
  return readFolder(folder).flatMap((entry) => {
    const name = `${prefix}${entry.name}`;
    if (entry.isDirectory()) return readFilesBelow(`${folder}/${entry.name}`, `${name}/`);
    return entry.isFile() && !isTemporary(entry.name) ? [name] : [];
  });
}

export function isFolder(path: string): boolean {
  return stat(path)?.isDirectory() ?? false;
}

export function isFile(path: string): boolean {
  return stat(path)?.isFile() ?? false;
}

export function stat(path: string): fs.Stats | undefined {
  // What is missing is no exception here: making one takes ten times as long as looking.
  return unlessMissing(() => fs.statSync(path, { throwIfNoEntry: false }));
}

/** Names that `replaceFile` gives to its unfinished files; whatever reads a folder leaves them out. */
const TEMPORARY = /^\.[0-9a-f]{16}\.tmp$/;

export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name);
}
