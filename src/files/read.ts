import fs from 'node:fs';
import { unlessMissing } from './missing.ts';

/** The text of a UTF-8 file, without a byte order mark. */
export function readText(file: string): string | undefined {
  const text = unlessMissing(() => fs.readFileSync(file, 'utf8'));
  return text?.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** The entries of a folder in the order of their names; none where there is no such folder. */
export function readFolder(folder: string): fs.Dirent[] {
  const entries = unlessMissing(() => fs.readdirSync(folder, { withFileTypes: true })) ?? [];
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names of the folders in a folder, links to folders included. */
export function readSubfolders(folder: string): string[] {
  return readFolder(folder)
    .filter((entry) => entry.isDirectory() || (entry.isSymbolicLink() && isFolder(`${folder}/${entry.name}`)))
    .map((entry) => entry.name);
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
  return unlessMissing(() => fs.statSync(path));
}

/** Names that `replaceFile` gives to its unfinished files; whatever reads a folder leaves them out. */
const TEMPORARY = /^\.[0-9a-f]{16}\.tmp$/;

export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name);
}
