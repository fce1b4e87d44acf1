import fs from 'node:fs';
import path from 'node:path';
import { unlessMissing } from './missing.ts';

/** The real path of a file or folder that need not exist yet: of the part that does, with the rest after it. */
export function realPath(target: string): string {
  const real = unlessMissing(() => fs.realpathSync(target));
  const parent = path.dirname(target);
  return real ?? (parent === target ? target : path.join(realPath(parent), path.basename(target)));
}
