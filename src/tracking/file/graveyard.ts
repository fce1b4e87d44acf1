import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { errorCode, unlessMissing } from '../../files/missing.ts';
import { readFolder } from '../../files/read.ts';
import { makeFolder, moveFolder, temporaryName } from '../../files/write.ts';
import { metaFile, PURGED } from './layout.ts';

export type Grave = {
  readonly kind: 'run' | 'experiment';
  /** Named as before, after the id. */
  readonly folder: string;
};

/**
 * Takes the folders that are deleted for good. A folder is gone from the store with one rename, and removed in peace; what
 * a killed process has left of that is found again.
 */
export class Graveyard {
  readonly #folder: string;

  constructor(root: string) {
    this.#folder = path.join(root, PURGED);
  }

  /** Takes a folder out of the store. @throws the system's error; then it is where it was. */
  bury(kind: Grave['kind'], folder: string): Grave {
    const plot = path.join(this.#folder, `${kind}-${randomUUID()}`);
    const buried = path.join(plot, path.basename(folder));
    try {
      makeFolder(plot);
      fs.renameSync(folder, buried);
      return { kind, folder: buried };
    } catch (error) {
      this.#leave(plot);
      // On a full disk there is no place for another folder, and a link to another disk cannot be crossed.
      if (!['ENOSPC', 'EDQUOT', 'EXDEV'].includes(errorCode(error) ?? '')) throw error;
      return { kind, folder: hide(folder) };
    }
  }

  /** What was taken and is not removed yet. */
  graves(): readonly Grave[] {
    return realFolders(this.#folder).flatMap((plot) => {
      const [kind] = path.basename(plot).split('-');
      if (kind !== 'run' && kind !== 'experiment') return [];
      const folders = realFolders(plot);
      if (folders.length === 0) this.#leave(plot);
      return folders.map((folder) => ({ kind, folder }));
    });
  }

  /** Removes a folder, and of links only themselves. */
  async clear({ folder }: Grave): Promise<void> {
    await fs.promises.rm(folder, { recursive: true, force: true });
    if (path.dirname(path.dirname(folder)) === this.#folder) this.#leave(path.dirname(folder));
  }

  /** Leaves no empty folders behind. */
  #leave(plot: string): void {
    for (const folder of [plot, this.#folder]) {
      try {
        fs.rmdirSync(folder);
      } catch {
        return; // others are at work in it
      }
    }
  }
}

/** The folders in a folder; a link in the place of one would lead to what was never taken. */
function realFolders(folder: string): string[] {
  const found = unlessMissing(() => fs.lstatSync(folder, { throwIfNoEntry: false }));
  if (!found?.isDirectory()) return [];
  const entries = readFolder(folder).filter((entry) => entry.isDirectory());
  return entries.map(({ name }) => path.join(folder, name));
}

/** Where a folder cannot be taken away, it hides where it is: without its meta file it is nothing to MLflow. */
function hide(folder: string): string {
  const hidden = path.join(path.dirname(folder), temporaryName());
  moveFolder(folder, hidden);
  fs.rmSync(metaFile(hidden), { force: true });
  return hidden;
}
