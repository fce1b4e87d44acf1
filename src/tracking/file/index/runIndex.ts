import path from 'node:path';
import { lookOf } from '../../../files/fileReader.ts';
import { isOutOfFiles, isSystemError, unlessForbidden } from '../../../files/missing.ts';
import { stat } from '../../../files/read.ts';
import type { Problems } from '../problems.ts';
import { lookAtMeta, lookAtRun, type RunLook, RunReader, readPatiently } from '../runReader.ts';
import type { StoreFolder } from '../storeFolder.ts';
import type { IndexFile } from './indexFile.ts';
import { type FoundRuns, type RunSelection, searchRuns } from './runSearcher.ts';
import { lookOfPlace, type Place, RunTable } from './runTable.ts';
import type { ScanPool } from './scanPool.ts';
import { Slices } from './slices.ts';

/** Runs that are read on the spot; more of them are read by threads. */
const FEW = 50;
/** Runs that a thread reads at a time. */
const BATCH = 200;
/** Experiments with up to so many runs are looked at with each search, larger ones from time to time. */
const SMALL = 64;
/** What was seen holds for this long (ms), and for so many times what looking took. */
const FRESH = { time: 700, share: 30 };
/** The same for looking at all files of all runs: only other programs than trainings change them. */
const SWEPT = { time: 60_000, share: 100 };
/** Running runs whose files are looked at each time: a store can hold thousands that were never ended. */
const ACTIVE = 100;

/** A folder of an experiment: where its run is, or what it looked like where it is none or cannot be read. */
type Entry = Place | { readonly look: RunLook };

/** The folders of one experiment. */
interface Home {
  readonly experimentId: string;
  readonly entries: Map<string, Entry>;
  /** Runs that this process has changed. */
  readonly noted: Set<string>;
  /** What the experiment's folder looked like when its folders were listed; 0 before. */
  look: number;
  isListed: boolean;
  looked: Timing;
  swept: Timing;
  refreshing: Promise<void> | undefined;
}

/** When something was done last (`performance.now`), and how long it took (ms). */
interface Timing {
  readonly at: number;
  readonly cost: number;
}

const NEVER: Timing = { at: Number.NEGATIVE_INFINITY, cost: 0 };

export interface IndexParts {
  readonly folder: StoreFolder;
  readonly problems: Problems;
  readonly pool: ScanPool;
  /** Where the index is kept between two starts. */
  readonly file?: IndexFile | undefined;
  /** Told of runs that another process has made, changed or removed. */
  onDidChange(experimentId: string, runId: string): void;
}

/**
 * Knows all runs of a store. The disk is always right: what this process writes is read again before the next search, and
 * what others write is found by looking, at once in small experiments and within moments in large ones.
 */
export class RunIndex {
  readonly #parts: IndexParts;
  readonly #reader = new RunReader();
  readonly #homes = new Map<string, Home>();
  readonly #table: RunTable;

  constructor(parts: IndexParts) {
    this.#parts = parts;
    this.#table = new RunTable(parts.file);
    this.#table.load((experimentId, runId, place) => this.#home(experimentId).entries.set(runId, place));
  }

  async search(selection: RunSelection): Promise<FoundRuns> {
    const homes = selection.experimentIds.map((experimentId) => this.#home(experimentId));
    await Promise.all(homes.map((home) => this.#refresh(home)));
    for (const home of homes) await this.#readNoted(home);
    return this.searchKnown(selection);
  }

  /** Finds what is known so far, without looking at the disk. */
  searchKnown(selection: RunSelection): FoundRuns {
    return searchRuns(this.#table, selection);
  }

  /** This process has changed a run. */
  note(experimentId: string, runId: string): void {
    this.#homes.get(experimentId)?.noted.add(runId);
  }

  /** Looks for what other processes did, and reads what nobody has asked for yet. */
  async look(experimentIds: readonly string[]): Promise<void> {
    for (const experimentId of experimentIds) {
      const home = this.#home(experimentId);
      await this.#refresh(home);
      await this.#readNoted(home);
      if (isDue(home.swept, SWEPT)) await this.#sweep(home);
    }
  }

  close(): void {
    this.#table.close();
  }

  #home(experimentId: string): Home {
    let home = this.#homes.get(experimentId);
    if (!home) {
      const fresh = { look: 0, isListed: false, looked: NEVER, swept: NEVER, refreshing: undefined };
      home = { experimentId, entries: new Map(), noted: new Set(), ...fresh };
      this.#homes.set(experimentId, home);
    }
    return home;
  }

  #refresh(home: Home): Promise<void> {
    const isSmall = home.isListed && home.entries.size <= SMALL;
    if (!isSmall && !isDue(home.looked, FRESH)) return home.refreshing ?? Promise.resolve();
    home.refreshing ??= this.#lookAtHome(home, isSmall).finally(() => {
      home.refreshing = undefined;
    });
    return home.refreshing;
  }

  /** @param thoroughly at every file, not only at those that change in the life of a run. */
  async #lookAtHome(home: Home, thoroughly: boolean): Promise<void> {
    const folder = this.#folderOf(home);
    const isNews = home.isListed;
    const [at, slices] = [performance.now(), new Slices()];
    // Those that the next look would find again belong to this one.
    const known = [...home.entries];
    const changed = this.#listFolders(home, folder);
    let active = 0;
    for (const [name, entry] of folder === undefined ? [] : known) {
      if (slices.isOver) await slices.giveWay();
      const runFolder = `${folder}${path.sep}${name}`;
      const isWatched = thoroughly || (placeOf(entry)?.isActive === true && active++ < ACTIVE);
      if (isWatched ? hasChanged(runFolder, entry) : hasOtherMeta(runFolder, entry)) changed.push(name);
    }
    home.looked = { at, cost: slices.spent };
    if (thoroughly) home.swept = home.looked;
    if (folder === undefined) return;
    const isUnread = known.length === 0;
    await this.#read(home, folder, changed, isNews);
    // What was just read whole need not be looked at soon.
    if (isUnread) home.swept = { at: performance.now(), cost: 0 };
  }

  /** The folder of an experiment; `undefined` where there is none, or the system does not show it. */
  #folderOf(home: Home): string | undefined {
    return this.#telling(home, () => this.#parts.folder.findExperimentFolder(home.experimentId));
  }

  /** What the system does not show of an experiment is told, and left out: other experiments are there. */
  #telling<T>(home: Home, look: () => T): T | undefined {
    const { folder, problems } = this.#parts;
    const { experimentId } = home;
    try {
      return look();
    } catch (error) {
      if (!isSystemError(error) || isOutOfFiles(error)) throw error;
      const place = folder.activeFolder(experimentId);
      problems.reader(place, { experimentId })(place, error instanceof Error ? error.message : String(error));
      // To be listed as soon as it can be.
      home.look = 0;
      return undefined;
    }
  }

  /** Looks at every file of every run. */
  async #sweep(home: Home): Promise<void> {
    const folder = this.#folderOf(home);
    if (folder === undefined) return;
    const [at, slices] = [performance.now(), new Slices()];
    const changed: string[] = [];
    for (const [name, entry] of [...home.entries]) {
      if (slices.isOver) await slices.giveWay();
      if (hasChanged(path.join(folder, name), entry)) changed.push(name);
    }
    home.swept = { at, cost: slices.spent };
    await this.#read(home, folder, changed, true);
  }

  /** Forgets folders that are gone. @returns the names of new ones. */
  #listFolders(home: Home, folder: string | undefined): string[] {
    const stats = folder === undefined ? undefined : unlessForbidden(() => stat(folder));
    const look = stats ? lookOf(stats) : 0;
    if (home.isListed && look === home.look) return [];
    // While it is young, it may change again without looking different.
    home.look = stats && Date.now() - stats.mtimeMs < 2_000 ? 0 : look;
    home.isListed = true;
    this.#parts.problems.reader(this.#parts.folder.activeFolder(home.experimentId), home);
    const list = () => (folder === undefined ? [] : this.#parts.folder.runNames(folder));
    const names = new Set(this.#telling(home, list) ?? []);
    for (const [name, entry] of home.entries) {
      if (names.has(name)) continue;
      home.entries.delete(name);
      this.#table.remove(placeOf(entry));
      this.#parts.problems.setRun(home.experimentId, name, []);
      if (placeOf(entry)) this.#parts.onDidChange(home.experimentId, name);
    }
    return [...names].filter((name) => !home.entries.has(name));
  }

  async #readNoted(home: Home): Promise<void> {
    while (home.noted.size > 0) {
      const names = [...home.noted];
      home.noted.clear();
      const folder = this.#folderOf(home);
      if (folder !== undefined) await this.#read(home, folder, names, false);
    }
  }

  /** @param isNews whether to tell that these runs have changed. */
  async #read(home: Home, folder: string, names: readonly string[], isNews: boolean): Promise<void> {
    const few = names.length <= FEW ? names : await this.#readByThreads(home, folder, names, isNews);
    const slices = new Slices();
    for (const name of few) {
      if (slices.isOver) await slices.giveWay();
      await this.#readOne(home, folder, name, isNews);
    }
    this.#table.settle();
  }

  async #readOne(home: Home, folder: string, name: string, isNews: boolean): Promise<void> {
    const runFolder = path.join(folder, name);
    const { run, look, problems } = await readPatiently(this.#reader, runFolder);
    this.#parts.problems.setRun(home.experimentId, name, problems);
    const known = home.entries.get(name);
    const before = known && placeOf(known);
    this.#table.remove(before);
    home.entries.set(name, run ? this.#table.put(home.experimentId, run, look, problems.length > 0) : { look });
    const hasChanged = before === undefined || lookOfPlace(before).all !== look.all;
    if (isNews && hasChanged && (run || before)) this.#parts.onDidChange(home.experimentId, name);
  }

  /** @returns the names of those that have to be read once more, with patience. */
  async #readByThreads(home: Home, folder: string, names: readonly string[], isNews: boolean): Promise<string[]> {
    const { experimentId, entries } = home;
    const unfinished: string[] = [];
    const batches = Array.from({ length: Math.ceil(names.length / BATCH) }, (_, at) =>
      names.slice(at * BATCH, (at + 1) * BATCH),
    );
    await Promise.all(
      batches.map(async (batch) => {
        const scanned = await this.#parts.pool.read({ experimentId, experimentFolder: folder, names: batch });
        for (const name of batch) {
          const entry = entries.get(name);
          this.#table.remove(entry && placeOf(entry));
          this.#parts.problems.setRun(experimentId, name, []);
        }
        for (const { name, look } of scanned.others) entries.set(name, { look });
        for (const { name, run, look, problems } of scanned.broken) {
          this.#parts.problems.setRun(experimentId, name, problems);
          entries.set(name, run ? this.#table.put(experimentId, run, look, true) : { look });
        }
        this.#table.add(scanned, (_, runId, place) => entries.set(runId, place));
        unfinished.push(...scanned.unfinished);
        if (isNews) for (const name of batch) this.#parts.onDidChange(experimentId, name);
      }),
    );
    return unfinished;
  }
}

function placeOf(entry: Entry): Place | undefined {
  return 'in' in entry ? entry : undefined;
}

function knownLook(entry: Entry): RunLook {
  return 'in' in entry ? lookOfPlace(entry) : entry.look;
}

function hasOtherMeta(runFolder: string, entry: Entry): boolean {
  const { meta, isRacy } = knownLook(entry);
  return isRacy || lookAtMeta(runFolder) !== meta;
}

function hasChanged(runFolder: string, entry: Entry): boolean {
  const { all, isRacy } = knownLook(entry);
  // Of what is no run only the meta file counts.
  return isRacy || (placeOf(entry) ? lookAtRun(runFolder) !== all : hasOtherMeta(runFolder, entry));
}

function isDue({ at, cost }: Timing, { time, share }: { readonly time: number; readonly share: number }): boolean {
  return performance.now() - at >= Math.max(time, share * cost);
}
