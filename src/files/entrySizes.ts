import fs from 'node:fs';
import path from 'node:path';
import { unlessForbidden } from './missing.ts';

/** Bytes of a block of `Stats.blocks`, on all systems. */
const BLOCK = 512;

/**
 * The bytes that a file, or a folder and everything in it, takes on the disk, entry by entry. Links are not followed; what
 * we may not look into counts nothing.
 * @param isLeftOut of the entries of this very folder, by their names
 */
export function* entrySizes(target: string, isLeftOut: (name: string) => boolean = () => false): Generator<number> {
  const stats = unlessForbidden(() => fs.lstatSync(target, { throwIfNoEntry: false }));
  if (!stats) return;
  // A few bytes lie beside the name, in no block; and Windows counts none.
  yield stats.blocks > 0 ? stats.blocks * BLOCK : stats.size;
  if (!stats.isDirectory()) return;
  for (const name of unlessForbidden(() => fs.readdirSync(target)) ?? []) {
    if (!isLeftOut(name)) yield* entrySizes(path.join(target, name));
  }
}
