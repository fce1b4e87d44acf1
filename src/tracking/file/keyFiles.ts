import path from 'node:path';
import { invalidParameter } from '../../entities/error.ts';
import { checkNamesFit, nameInUse } from '../../entities/limits.ts';
import { appendLines } from '../../files/lineFile.ts';
import { isPathTaken } from '../../files/missing.ts';
import { isFile, isFolder, readFilesBelow, readText } from '../../files/read.ts';
import { isSpelledOtherwise } from '../../files/spelling.ts';
import { createFile, replaceFile } from '../../files/write.ts';
import { type KeyKind, keyFile } from './layout.ts';

/** The params or tags of a folder, by key. */
export function readKeyFiles(folder: string, kind: KeyKind): ReadonlyMap<string, string> {
  const keys = readFilesBelow(path.join(folder, kind));
  return new Map(
    keys.flatMap((key) => {
      const value = readText(keyFile(folder, kind, key));
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

/** Checks names before the first of them is written. @throws INVALID_PARAMETER_VALUE where one will not be possible. */
export function checkKeysFit(folder: string, kind: KeyKind, keys: readonly string[]): void {
  checkNamesFit(keys, (key) => isFile(keyFile(folder, kind, key)));
  for (const key of keys) {
    if (isFolder(keyFile(folder, kind, key))) throw nameInUse(key);
    checkSpelling(folder, kind, key);
  }
}

/** @throws INVALID_PARAMETER_VALUE for a name that this file system takes for another one. */
export function checkSpelling(folder: string, kind: KeyKind, key: string): void {
  if (!isSpelledOtherwise(path.join(folder, kind), key.split('/'))) return;
  throw invalidParameter(
    `'${key}' cannot be logged: it is in use in another spelling, which this disk takes for the same.`,
  );
}

/** Writes a param or tag. @throws INVALID_PARAMETER_VALUE where its name is a part of another one, or has one as a part. */
export function writeKeyFile(folder: string, kind: KeyKind, key: string, value: string): void {
  checkSpelling(folder, kind, key);
  const file = keyFile(folder, kind, key);
  writing(file, key, () => replaceFile(file, value, folder));
}

/** Writes a param or tag into a folder that nobody reads yet, at once into its place. @throws as `writeKeyFile` */
export function createKeyFile(folder: string, kind: KeyKind, key: string, value: string): void {
  const file = keyFile(folder, kind, key);
  if (writing(file, key, () => createFile(file, value))) return;
  checkSpelling(folder, kind, key);
  throw nameInUse(key);
}

/** Appends to a metric. @throws INVALID_PARAMETER_VALUE as `writeKeyFile` */
export function appendKeyLines(folder: string, kind: KeyKind, key: string, lines: string): void {
  checkSpelling(folder, kind, key);
  const file = keyFile(folder, kind, key);
  writing(file, key, () => appendLines(file, lines, folder));
}

/** Writes a key's file. `a` and `a/b` cannot both be kept: one would be a file, the other a folder. */
export function writing<T>(file: string, key: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!isPathTaken(error) && !isFolder(file)) throw error;
    throw nameInUse(key);
  }
}
