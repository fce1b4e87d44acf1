import path from 'node:path';
import { stat } from '../../../files/read.ts';

/** Folders whose age is wanted. */
export interface Dating {
  readonly folder: string;
  readonly names: readonly string[];
}

/** The dates of folders, s since the epoch, as fast as it can. */
export function datesOf({ folder, names }: Dating): Float64Array {
  return Float64Array.from(names, (name) => dateOf(folder, name));
}

/** 0 where there is no such folder. */
export function dateOf(folder: string, name: string): number {
  const modified = stat(`${folder}${path.sep}${name}`)?.mtimeMs ?? 0;
  return Math.max(0, Math.floor(modified / 1000));
}
