import path from 'node:path';
import { readFolder, readText, stat } from './read.ts';

/** Longer files are not what a project is made of (bytes). */
const MAX_SIZE = 1_000_000;

/** What is in a folder, for checks that must go on whatever they find. Paths are relative to it. */
export function folderFiles(folder: string) {
  const at = (file: string) => path.resolve(folder, file);
  return {
    /** Also what cannot be looked at counts as there: it is not missing. */
    exists: (file: string): boolean => unless(true, () => stat(at(file)) !== undefined),
    /** `undefined` also for what is too long, or must not be read. */
    read: (file: string): string | undefined =>
      unless(undefined, () => ((stat(at(file))?.size ?? 0) > MAX_SIZE ? undefined : readText(at(file)))),
    /** Names, those of folders with a slash at their end. */
    list: (file: string): readonly string[] =>
      unless([], () => readFolder(at(file)).map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))),
  };
}

function unless<T>(otherwise: T, look: () => T): T {
  try {
    return look();
  } catch {
    return otherwise; // such as EACCES
  }
}
