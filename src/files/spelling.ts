import fs from 'node:fs';
import path from 'node:path';
import { isTemporary, stat } from './read.ts';

/**
 * Whether a file or a folder on its way is there under another spelling: `Loss` where `loss` is, or the same letters in
 * another normal form. File systems that take both for one would mix what is written to them.
 * @param folder the part of the path that is as it is.
 */
export function isSpelledOtherwise(
  folder: string,
  names: readonly string[],
  namesIn: (folder: string) => readonly string[] = fs.readdirSync,
): boolean {
  let parent = folder;
  for (const name of names) {
    const place = path.join(parent, name);
    if (stat(place) === undefined) return false;
    const found = namesIn(parent);
    if (!found.includes(name)) return found.some((other) => !isTemporary(other) && isSameText(other, name));
    parent = place;
  }
  return false;
}

function isSameText(a: string, b: string): boolean {
  const fold = (text: string) => text.normalize('NFKC').toLowerCase();
  return fold(a) === fold(b);
}
