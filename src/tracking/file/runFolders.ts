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
  /** When it was last seen to be true (ms, as `performance.now()` has it). */
  verified: number;
}

/** Runs that are remembered. */
const RUNS = 1_000;
/** ms in which what was seen may be taken for true where nothing depends on it that cannot be made good. */
const TRUST = 20;

/**
 * The folders and infos of the runs that are written to. What is remembered is verified with one look at the meta file,
 * where finding and reading it takes ten.
 */
export class RunFolders {
  readonly #folder: StoreFolder;
  readonly #known = new Recent<string, Known>(RUNS);

  constructor(folder: StoreFolder) {
    this.#folder = folder;
  }

  /**
   * Does something with a run's folder, at once after it was found: while one waits, it may be moved.
   * @throws RESOURCE_DOES_NOT_EXIST, also where the run's meta file makes no sense; the system's error where it does not
   * show that file.
   */
  async use<T>(runId: string, work: (run: RunFolder) => T | Promise<T>): Promise<T> {
    const remembered = this.#remembered(runId);
    if (remembered) return work(remembered);
    await this.#read(runId);
    const read = this.#remembered(runId);
    if (!read) throw doesNotExist(`Run '${runId}' not found`);
    return work(read);
  }

  /** What is remembered, if it was true a moment ago: for what is only added to a run. */
  lately(runId: string): RunFolder | undefined {
    return this.#remembered(runId, TRUST);
  }

  /** @param trust ms in which it need not be verified again. */
  #remembered(runId: string, trust = 0): RunFolder | undefined {
    const known = this.#known.get(runId);
    if (known === undefined) return undefined;
    const now = performance.now();
    if (now - known.verified <= trust) return known;
    if (lookAtFile(metaFile(known.folder)) !== known.look) return undefined;
    known.verified = now;
    return known;
  }

  /** Folders were moved. */
  forget(): void {
    this.#known.clear();
  }

  /** Writes a run's meta file. @param deletedTime ms since the epoch, for a run that is being deleted. */
  write(folder: string, info: RunInfo, deletedTime?: number): void {
    this.#known.delete(info.runId);
    writeRunInfo(folder, info, deletedTime);
  }

  async #read(runId: string): Promise<void> {
    const folder = this.#folder.runFolder(runId);
    const look = lookAtFile(metaFile(folder));
    const info = await unlessBroken(readRunInfo(folder));
    if (!info) throw doesNotExist(`Run '${runId}' not found`);
    this.#known.set(info.runId, { folder, info, look, verified: Number.NEGATIVE_INFINITY });
  }
}
