import { doesNotExist } from '../../entities/error.ts';
import type { RunInfo } from '../../entities/run.ts';
import { lookAtFile } from '../../files/fileReader.ts';
import { unlessBroken } from '../../files/missing.ts';
import { metaFile } from './layout.ts';
import { Recent } from './recent.ts';
import { readRunInfo, writeRunInfo } from './runFile.ts';
import type { StoreFolder } from './storeFolder.ts';

/** A run's folder and what its meta file says. */
export interface RunFolder {
  readonly folder: string;
  readonly info: RunInfo;
}

interface Known extends RunFolder {
  readonly look: number;
}

/** Runs that are remembered. */
const RUNS = 1_000;

/**
 * The folders and infos of the runs that are written to. What is remembered is verified with one look at the meta file,
 * where finding and reading it takes ten; and only once for the requests that have arrived by then.
 */
export class RunFolders {
  readonly #folder: StoreFolder;
  readonly #known = new Recent<string, Known>(RUNS);
  readonly #verified = new Set<string>();

  constructor(folder: StoreFolder) {
    this.#folder = folder;
  }

  /**
   * Does something with a run's folder, at once after it was found: while one waits, it may be moved.
   * @throws RESOURCE_DOES_NOT_EXIST, also where the run's meta file makes no sense; the system's error where it does not
   * show that file.
   */
  async use<T>(runId: string, work: (run: RunFolder) => T | Promise<T>): Promise<T> {
    const remembered = this.remembered(runId);
    if (remembered) return work(remembered);
    await this.#read(runId);
    const read = this.remembered(runId);
    if (!read) throw doesNotExist(`Run '${runId}' not found`);
    return work(read);
  }

  /** What is remembered, if it is still true. */
  remembered(runId: string): RunFolder | undefined {
    const known = this.#known.get(runId);
    if (known === undefined) return undefined;
    if (!this.#verified.has(runId)) {
      if (lookAtFile(metaFile(known.folder)) !== known.look) return undefined;
      if (this.#verified.size === 0) setImmediate(() => this.#verified.clear());
      this.#verified.add(runId);
    }
    return known;
  }

  /** Folders were moved. */
  forget(): void {
    this.#known.clear();
    this.#verified.clear();
  }

  /** Writes a run's meta file. @param deletedTime ms since the epoch, for a run that is being deleted. */
  write(folder: string, info: RunInfo, deletedTime?: number): void {
    this.#known.delete(info.runId);
    this.#verified.delete(info.runId);
    writeRunInfo(folder, info, deletedTime);
  }

  async #read(runId: string): Promise<void> {
    const folder = this.#folder.runFolder(runId);
    const look = lookAtFile(metaFile(folder));
    const info = await unlessBroken(readRunInfo(folder));
    if (!info) throw doesNotExist(`Run '${runId}' not found`);
    this.#known.set(info.runId, { folder, info, look });
  }
}
