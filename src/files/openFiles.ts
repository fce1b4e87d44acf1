import { LineFile } from './lineFile.ts';
import { isOutOfFiles } from './missing.ts';

/** Files that may be open at once: a few runs with their metrics. */
const FILES = 256;
/** ms. Where a folder with an open file in it cannot be moved, no longer than the requests need that have arrived by now. */
const HOLD = process.platform === 'win32' ? 0 : 20;

/**
 * Files that lines are appended to. They are kept open for a moment, so that many lines for one file cost little more than
 * the first; not longer, for other processes may move, replace and remove them.
 */
export class OpenFiles {
  readonly #files = new Map<string, LineFile>();
  readonly #onError: (error: unknown) => void;
  readonly #hold: number;

  /**
   * @param onError told where lines that had been appended were lost with their file, and could not be appended again
   * @param hold ms
   */
  constructor(onError: (error: unknown) => void, hold = HOLD) {
    this.#onError = onError;
    this.#hold = hold;
  }

  /** Opens a file, which may not be there yet. @param nursery folder of its first lines until it is (see `replaceFile`). */
  open(file: string, nursery: string): LineFile {
    const open = this.#files.get(file);
    if (open) {
      open.trust();
      return open;
    }
    const [oldest] = this.#files.keys();
    if (oldest !== undefined && this.#files.size >= FILES) this.drop(oldest);
    const opened = this.#open(file, nursery);
    if (this.#files.size === 0) this.#closeSoon();
    this.#files.set(file, opened);
    return opened;
  }

  #open(file: string, nursery: string): LineFile {
    try {
      return new LineFile(file, nursery);
    } catch (error) {
      if (!isOutOfFiles(error) || this.#files.size === 0) throw error;
      this.close();
      return new LineFile(file, nursery);
    }
  }

  close(): void {
    for (const file of this.#files.keys()) this.drop(file);
  }

  /** Closes a file, if it is open. */
  drop(file: string): void {
    const open = this.#files.get(file);
    this.#files.delete(file);
    try {
      open?.settle();
    } catch (error) {
      this.#onError(error);
    } finally {
      open?.close();
    }
  }

  #closeSoon(): void {
    if (this.#hold === 0) setImmediate(() => this.close());
    else setTimeout(() => this.close(), this.#hold);
  }
}
