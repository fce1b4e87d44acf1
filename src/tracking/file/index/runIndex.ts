import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadProgress } from '../../../entities/readProgress.ts';
import { isOutOfFiles, isSystemError } from '../../../files/missing.ts';
import { isFolder } from '../../../files/read.ts';
import { compileRunSearch } from '../../../search/runs.ts';
import { Slices } from '../slices.ts';
import type { StoreFolder } from '../storeFolder.ts';
import {
  type Entry,
  type Home,
  hasChanged,
  hasOtherMeta,
  isDue,
  type Listed,
  newHome,
  placeOf,
  type SeenFolder,
  seenFolder,
} from './home.ts';
import { HomeReader, type ReaderParts } from './homeReader.ts';
import type { IndexFile } from './indexFile.ts';
import { Rounds, type TurnTime } from './rounds.ts';
import { type FoundRuns, type RunSelection, searchRuns } from './runSearcher.ts';
import { RunTable } from './runTable.ts';
import { SpareTime } from './spareTime.ts';

/** ms after which `searchKnown` answers with what is there; and for how much longer it waits for anything at all. */
const PATIENCE = { most: 40, anything: 300 };
/** Experiments with up to so many runs are looked at with each search, larger ones from time to time. */
const SMALL = 64;
/**
 * What was seen holds for this long (ms), and for so many times what looking took: of all runs, and of what changes in the
 * life of a run.
 */
const FRESH = { all: { time: 700, share: 10 }, changing: { time: 700, share: 30 } };
/** Experiments that are listed on the spot at the same time. */
const AT_ONCE = 2;
/**
 * ms that a turn of looking at meta files, and at all files, may take: one turn goes through the meta files of ten thousand
 * runs, also on a slow machine, a minute's turns through all their files. Where nothing is asked and nothing changes, less;
 * where there is much to do, too.
 */
const TURN = { awake: { metas: 100, files: 14 }, asleep: { metas: 3.5, files: 1.5 } };
/** ms that the first turns at the files of runs take that are known from an earlier time. */
const FIRST_TURN = 200;
/** ms after the last search or change in which a store counts as awake. */
const AWAKE = 60_000;
/** Running runs whose files are looked at each time: a store can hold thousands that were never ended. */
const ACTIVE = 100;

const NEWEST_FIRST = compileRunSearch(undefined, ['attributes.start_time DESC']);

/** A folder of an experiment on the rounds. */
interface Stop {
  readonly home: Home;
  readonly folder: string;
  readonly name: string;
  readonly entry: Entry;
}

/** A run as far as it has to be watched. */
export interface WatchedRun {
  readonly experimentId: string;
  readonly runId: string;
}

export interface IndexParts extends Omit<ReaderParts, 'table'> {
  readonly folder: StoreFolder;
  /** Where the index is kept between two starts. */
  readonly file?: IndexFile | undefined;
}

/**
 * Knows all runs of a store. The disk is always right: what this process writes is read again before the next search, and
 * what others write is found by looking, at once in small experiments and within moments in large ones.
 */
export class RunIndex {
  readonly #parts: IndexParts;
  readonly #reader: HomeReader;
  readonly #homes = new Map<string, Home>();
  readonly #table: RunTable;
  readonly #metas = new Rounds(() => this.#stops());
  readonly #files = new Rounds(() => this.#stops());
  readonly #spare = new SpareTime();
  #stirred = performance.now();
  /** ms that the last looks at all experiments took, together. */
  #lookingCost = 0;
  /** Whether all that is known was seen since the start. */
  #isVerified = true;

  constructor(parts: IndexParts) {
    this.#parts = parts;
    this.#table = new RunTable(parts.file);
    this.#reader = new HomeReader({
      problems: parts.problems,
      pool: parts.pool,
      table: this.#table,
      onDidChange: (experimentId, runId) => {
        this.#stirred = performance.now();
        parts.onDidChange(experimentId, runId);
      },
      onDidChangeMany: (experimentId) => {
        this.#stirred = performance.now();
        parts.onDidChangeMany(experimentId);
      },
    });
    this.#table.load((experimentId, runId, place) => {
      const home = this.#home(experimentId);
      const before = home.entries.get(runId);
      this.#table.remove(before && placeOf(before));
      this.#reader.enter(home, runId, place);
    });
    this.#isVerified = this.#homes.size === 0;
  }

  async search(selection: RunSelection): Promise<FoundRuns> {
    this.#parts.pool.noteRequest();
    const homes = this.#homesOf(selection);
    await Promise.all(homes.map((home) => this.#refresh(home)));
    for (const home of homes) await this.#readNoted(home);
    return searchRuns(this.#table, selection);
  }

  /** Finds what is known within moments; the listeners are told when there is more. */
  async searchKnown(selection: RunSelection): Promise<FoundRuns & { readonly reading: ReadProgress | undefined }> {
    this.#parts.pool.noteRequest();
    const homes = this.#homesOf(selection);
    for (const home of homes) home.isTold = true;
    if (!homes.some(({ reading }) => reading)) {
      const end = new AbortController();
      const patience = sleep(PATIENCE.most, undefined, { signal: end.signal }).catch(() => undefined);
      await Promise.race([patience, Promise.all(homes.map((home) => this.#refresh(home)))]);
      end.abort();
    }
    const last = performance.now() + PATIENCE.anything;
    while (homes.some(({ reading }) => reading?.done === 0) && performance.now() < last) await sleep(10);
    for (const home of homes) if (!home.reading) await this.#readNoted(home);
    const reading = homes.flatMap((home) => home.reading ?? []);
    const sum = (part: keyof ReadProgress) => reading.reduce((total, progress) => total + progress[part], 0);
    return {
      ...searchRuns(this.#table, selection),
      reading: reading.length > 0 ? { done: sum('done'), total: sum('total') } : undefined,
    };
  }

  /** This process has changed a run. */
  note(experimentId: string, runId: string): void {
    this.#parts.pool.noteRequest();
    this.#stirred = performance.now();
    const home = this.#home(experimentId);
    home.noted.add(runId);
    home.written.set(runId, this.#stirred);
  }

  /**
   * A turn of looking for what other processes did, and of reading what nobody has asked for yet: whether runs came or
   * went, at the runs that are going on, and on with the rounds through all the others.
   * @param isWatched of which runs the system tells anyway
   */
  async look(experimentIds: readonly string[], isWatched: (run: WatchedRun) => boolean): Promise<void> {
    for (const experimentId of experimentIds) {
      const home = this.#home(experimentId);
      if (home.refreshing || !home.isListed) {
        await (home.refreshing ?? this.#refresh(home));
      } else {
        await this.#glance(home, isWatched);
      }
      await this.#readNoted(home);
    }
    const [time, spare] = [performance.now() - this.#stirred < AWAKE ? TURN.awake : TURN.asleep, this.#spare.take()];
    const within = (most: number, least: number) => ({ most: Math.min(most, Math.max(least, spare)), least });
    await this.#goOn(this.#metas, within(time.metas, TURN.asleep.metas), hasOtherMeta);
    const files = this.#isVerified ? time.files : FIRST_TURN;
    const isThrough = await this.#goOn(this.#files, within(files, TURN.asleep.files), hasChanged);
    this.#isVerified ||= isThrough;
  }

  /** Looks at these folders of an experiment now. */
  async lookAt(experimentId: string, names: Iterable<string>): Promise<void> {
    const home = this.#home(experimentId);
    const folder = home.isListed ? this.#folderOf(home) : undefined;
    // What was not listed yet will be read anyway.
    if (folder === undefined) return;
    const changed: string[] = [];
    for (const name of names) {
      if (home.noted.has(name)) continue;
      const entry = home.entries.get(name);
      const runFolder = path.join(folder, name);
      if (entry === undefined) {
        if (isFolder(runFolder)) changed.push(name);
      } else if (hasChanged(runFolder, entry)) {
        if (isFolder(runFolder)) changed.push(name);
        else this.#reader.forget(home, name, entry);
      }
    }
    await this.#reader.read(home, folder, changed, true);
  }

  /** Whether this process is what writes a run. */
  isWrittenHere({ experimentId, runId }: WatchedRun): boolean {
    return this.#homes.get(experimentId)?.written.has(runId) === true;
  }

  /** The running runs that others than this process write to, the ones found last first. */
  activeRuns(): readonly WatchedRun[] {
    return [...this.#homes.values()].flatMap(({ experimentId, active, written }) => {
      const since = performance.now() - AWAKE;
      for (const [runId, at] of written) if (at < since) written.delete(runId);
      return [...active]
        .reverse()
        .filter((runId) => !written.has(runId))
        .map((runId) => ({ experimentId, runId }));
    });
  }

  /** The runs that were started last. */
  newestRuns(count: number): readonly WatchedRun[] {
    const selection = { experimentIds: [...this.#homes.keys()], viewType: 'ALL', query: NEWEST_FIRST } as const;
    const { runs } = searchRuns(this.#table, { ...selection, offset: 0, count });
    return runs.map(({ info: { experimentId, runId } }) => ({ experimentId, runId }));
  }

  close(): void {
    this.#table.close();
  }

  #homesOf({ experimentIds }: RunSelection): Home[] {
    this.#stirred = performance.now();
    return experimentIds.map((experimentId) => this.#home(experimentId));
  }

  #home(experimentId: string): Home {
    let home = this.#homes.get(experimentId);
    if (!home) {
      home = newHome(experimentId);
      this.#homes.set(experimentId, home);
    }
    return home;
  }

  #refresh(home: Home): Promise<void> {
    const isSmall = home.isListed && home.entries.size <= SMALL;
    // What looking at all runs takes, not those of one experiment: as many would be looked at again all the time.
    const isStale = isDue({ ...home.looked, cost: this.#lookingCost }, FRESH.all);
    if (!isSmall && !isStale) {
      if (!home.refreshing && isDue(home.glanced, FRESH.changing)) this.#glance(home, () => false);
      return home.refreshing ?? home.looking ?? Promise.resolve();
    }
    const start = () => this.#lookAtHome(home, isSmall);
    home.refreshing ??= (home.looking?.then(start, start) ?? start()).finally(() => {
      home.refreshing = undefined;
    });
    return home.refreshing;
  }

  #glance(home: Home, isWatched: (run: WatchedRun) => boolean): Promise<void> {
    home.looking ??= this.#lookAtChanging(home, isWatched).finally(() => {
      home.looking = undefined;
    });
    return home.looking;
  }

  /** @param thoroughly at every file, not only at those that change in the life of a run. */
  async #lookAtHome(home: Home, thoroughly: boolean): Promise<void> {
    const folder = this.#folderOf(home);
    const isNews = home.isListed || home.isTold;
    const at = performance.now();
    // Listing takes some slices where runs are many; of all experiments at once, it would take the time of many requests.
    const isCrowded = !home.isListed && this.#parts.pool.isRunning && this.#refreshing() > AT_ONCE;
    // Those that the next look would find again belong to this one.
    const known = [...home.entries];
    const seen = seenFolder(folder);
    const listed = isCrowded && folder !== undefined ? await this.#parts.pool.list(folder) : undefined;
    const slices = new Slices();
    const changed = this.#listFolders(home, folder, seen, { names: listed, known });
    const active = new Set([...home.active].slice(0, ACTIVE));
    for (const [name, entry] of folder === undefined ? [] : known) {
      if (slices.isOver) await slices.giveWay();
      const runFolder = `${folder}${path.sep}${name}`;
      if (thoroughly || active.has(name) ? hasChanged(runFolder, entry) : hasOtherMeta(runFolder, entry)) {
        changed.push(name);
      }
    }
    this.#lookingCost += slices.spent - home.looked.cost;
    home.looked = { at, cost: slices.spent };
    if (folder !== undefined) await this.#reader.read(home, folder, changed, isNews);
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

  /** Looks for runs that came or went, and at those that are going on. */
  async #lookAtChanging(home: Home, isWatched: (run: WatchedRun) => boolean): Promise<void> {
    const { experimentId, entries } = home;
    const [at, slices] = [performance.now(), new Slices()];
    const folder = this.#folderOf(home);
    const changed = this.#listFolders(home, folder, seenFolder(folder));
    if (folder === undefined) return;
    const unwatched = [...home.active].filter((runId) => !isWatched({ experimentId, runId })).slice(0, ACTIVE);
    for (const name of new Set([...unwatched, ...home.settling.keys()])) {
      if (slices.isOver) await slices.giveWay();
      if ((home.settling.get(name) ?? 0) < performance.now()) home.settling.delete(name);
      const entry = entries.get(name);
      if (entry && !home.noted.has(name) && hasChanged(`${folder}${path.sep}${name}`, entry)) changed.push(name);
    }
    home.glanced = { at, cost: slices.spent };
    await this.#reader.read(home, folder, changed, true);
  }

  *#stops(): Generator<Stop> {
    for (const home of this.#homes.values()) {
      const folder = home.isListed ? this.#folderOf(home) : undefined;
      if (folder !== undefined) for (const [name, entry] of home.entries) yield { home, folder, name, entry };
    }
  }

  /** @returns whether a round has ended. */
  async #goOn(
    rounds: Rounds<Stop>,
    time: TurnTime,
    isOther: (runFolder: string, entry: Entry) => boolean,
  ): Promise<boolean> {
    const changed: Stop[] = [];
    const isThrough = await rounds.goOn(time, (stop) => {
      const { home, folder, name, entry } = stop;
      if (!home.noted.has(name) && isOther(`${folder}${path.sep}${name}`, entry)) changed.push(stop);
    });
    for (const [home, stops] of Map.groupBy(changed, (stop) => stop.home)) {
      const names = stops.map(({ name }) => name);
      await this.#reader.read(home, stops[0]?.folder ?? '', names, true);
    }
    return isThrough;
  }

  /**
   * Forgets folders that are gone.
   * @param seen the experiment's folder before its folders were listed
   * @returns the names of new ones
   */
  #listFolders(home: Home, folder: string | undefined, seen: SeenFolder, listed?: Listed): string[] {
    if (home.isListed && seen.look === home.look) return [];
    home.look = seen.isYoung ? 0 : seen.look;
    home.isListed = true;
    this.#parts.problems.reader(this.#parts.folder.activeFolder(home.experimentId), home);
    const list = () => (folder === undefined ? [] : this.#parts.folder.runNames(folder, listed?.names));
    const names = new Set(this.#telling(home, list) ?? []);
    for (const [name, entry] of listed?.known ?? home.entries) {
      if (!names.has(name)) this.#reader.forget(home, name, entry);
    }
    // What this process has made is read without being news.
    return [...names].filter((name) => !home.entries.has(name) && !home.noted.has(name));
  }

  /** How many experiments are being looked at. */
  #refreshing(): number {
    return [...this.#homes.values()].filter(({ refreshing }) => refreshing).length;
  }

  async #readNoted(home: Home): Promise<void> {
    while (home.noted.size > 0) {
      const names = [...home.noted];
      home.noted.clear();
      const folder = this.#folderOf(home);
      if (folder !== undefined) await this.#reader.read(home, folder, names, false);
    }
  }
}
