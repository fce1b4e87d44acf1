import fs from 'node:fs';
import path from 'node:path';
import { errorCode } from './missing.ts';

/** What the system has none left of: https://man7.org/linux/man-pages/man7/inotify.7.html. */
const EXHAUSTED: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'the system has no file watches left (ENOSPC)'],
  ['EMFILE', 'too many files are being watched or open (EMFILE)'],
  ['ENFILE', 'the system has too many files open (ENFILE)'],
]);

interface Watch {
  readonly watcher: fs.FSWatcher;
  /** What is watched is this folder, not its name. */
  readonly inode: number;
}

/**
 * Hears of what happens in folders. Linux has to be asked for each of them, and only has so many watches for all programs;
 * elsewhere one watch covers a folder with all that is below it, and one for each would keep folders from being moved.
 */
export class FolderWatches {
  readonly #watches = new Map<string, Watch>();
  readonly #onEvent: (path: string) => void;
  readonly #onFailure: (reason: string) => void;
  readonly #isDeep: boolean;
  #isRefused = false;

  /**
   * @param onEvent told what happened to: something in a watched folder, or the folder
   * @param onFailure told once, when nothing is watched any more because the system refused
   */
  constructor(onEvent: (path: string) => void, onFailure: (reason: string) => void, platform = process.platform) {
    this.#onEvent = onEvent;
    this.#onFailure = onFailure;
    this.#isDeep = platform === 'win32' || platform === 'darwin';
  }

  /** Whether what happens in a folder is heard. */
  covers(folder: string): boolean {
    if (!this.#isDeep) return this.#watches.has(folder);
    return [...this.#watches.keys()].some((root) => folder === root || folder.startsWith(root + path.sep));
  }

  get count(): number {
    return this.#watches.size;
  }

  /** Watches these folders and no others. A folder that was replaced by another of its name is watched anew. */
  set(folders: Iterable<string>): void {
    const wanted = new Set(folders);
    for (const [folder, { inode }] of this.#watches) {
      if (!wanted.has(folder) || inodeOf(folder) !== inode) this.#drop(folder);
    }
    for (const folder of wanted) this.add(folder);
  }

  /** Watches one more folder; nothing where it is not there. */
  add(folder: string): void {
    if (this.#isRefused || this.covers(folder)) return;
    const inode = inodeOf(folder);
    if (inode === undefined) return;
    try {
      const watcher = fs.watch(folder, { persistent: false, recursive: this.#isDeep });
      this.#watches.set(folder, { watcher, inode });
      watcher.on('change', (_, name) => this.#onEvent(name ? path.join(folder, name.toString()) : folder));
      // Without a listener an error would end the process.
      watcher.on('error', (error) => this.#failed(folder, error));
    } catch (error) {
      this.#failed(folder, error);
    }
  }

  close(): void {
    for (const folder of [...this.#watches.keys()]) this.#drop(folder);
  }

  #failed(folder: string, error: unknown): void {
    this.#drop(folder);
    // Anything else says that this folder cannot be watched: it is gone, or not ours to read.
    const reason = EXHAUSTED.get(errorCode(error) ?? '');
    if (reason === undefined) return;
    this.close();
    if (!this.#isRefused) this.#onFailure(reason);
    this.#isRefused = true;
  }

  #drop(folder: string): void {
    this.#watches.get(folder)?.watcher.close();
    this.#watches.delete(folder);
  }
}

function inodeOf(folder: string): number | undefined {
  return fs.statSync(folder, { throwIfNoEntry: false })?.ino;
}
