import path from 'node:path';
import type { Change } from '../../entities/change.ts';
import type { Watching } from '../../entities/watching.ts';
import { FolderWatches } from '../../files/folderWatches.ts';
import { readSubfolders } from '../../files/read.ts';
import { silentFileSystem } from '../../files/silentFileSystem.ts';
import { lookAtExperiments } from './experimentLooks.ts';
import type { RunIndex, WatchedRun } from './index/runIndex.ts';
import { isRunFolder, METRICS, PARAMS, TAGS, TRASH } from './layout.ts';
import type { StoreFolder } from './storeFolder.ts';

/** Short enough that a run of another process is seen within a second (ms). */
const INTERVAL = 700;
/** ms between two looks at what is to be watched. */
const CHOOSING = 5_000;
/** What was seen of the experiments holds for so many times what looking took; shorter where nothing tells of them. */
const SHARE = { events: 200, polling: 50 };
/** ms in which events are gathered: the first is acted on soon, a stream of them ten times a second. */
const GATHERING = { first: 20, pause: 100 };
/** Watches in all, so that others get some; a part of them are kept for runs that come. */
const WATCHES = { most: 500, experiments: 100, runs: 450 };
/** Runs that changed lately: those that are likely to change again. */
const RECENT = 100;
/** The newest runs are looked for so seldom (ms). */
const NEWEST = 60_000;

interface WatchParts {
  readonly folder: StoreFolder;
  readonly index: RunIndex;
  announce(change: Change): void;
  onError(error: unknown): void;
  /** Why the system is not to be relied on; asked of the file system when absent. */
  readonly silence?: string | undefined;
}

/**
 * Finds what other processes write into the store's folder. Where the system tells, it is listened to for the few folders
 * in which something is likely to happen; and everything is looked at from time to time, because events do not arrive from
 * network drives and containers, get lost, and watching every folder of a large store would use up the system's watches.
 */
export class DiskWatch {
  readonly #parts: WatchParts;
  readonly #timer: NodeJS.Timeout;
  readonly #watches: FolderWatches;
  /** Experiment id → runs in which something happened. */
  readonly #happened = new Map<string, Set<string>>();
  readonly #recent = new Set<string>();
  #experiments: ReadonlyMap<string, number>;
  #watching: Watching;
  #gathering: NodeJS.Timeout | undefined;
  #experimentsDue = 0;
  #watchesDue = 0;
  #newest: readonly string[] = [];
  #newestDue = 0;
  #isLooking = false;
  #isStopped = false;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    const { root } = parts.folder;
    const silence = parts.silence ?? describe(root, silentFileSystem(root));
    this.#watching = silence === undefined ? { mode: 'events' } : { mode: 'polling', reason: silence };
    this.#watches = new FolderWatches(
      (path) => this.#onEvent(path),
      (reason) => {
        this.#watching = { mode: 'polling', reason };
        parts.announce({ kind: 'watching' });
      },
    );
    this.#watch();
    this.#experiments = this.#firstExperiments();
    parts.announce({ kind: 'watching' });
    this.#timer = setInterval(() => void this.#look(), INTERVAL).unref();
    void this.#look();
  }

  get watching(): Watching {
    return this.#watching;
  }

  /** A run was seen to change. */
  note(experimentId: string, runId: string): void {
    const folder = path.join(experimentId, runId);
    this.#recent.delete(folder);
    this.#recent.add(folder);
    const [oldest] = this.#recent;
    if (this.#recent.size > RECENT && oldest !== undefined) this.#recent.delete(oldest);
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
    clearTimeout(this.#gathering);
    this.#watches.close();
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const now = performance.now();
      if (now >= this.#experimentsDue) this.#lookAtExperiments();
      await this.#parts.index.look([...this.#experiments.keys()], (run) => this.#hears(run));
      if (now >= this.#watchesDue && !this.#isStopped) this.#watch();
    } catch (error) {
      this.#parts.onError(error);
    } finally {
      this.#isLooking = false;
    }
  }

  /** The system may not show them now, and may later. */
  #firstExperiments(): ReadonlyMap<string, number> {
    try {
      return lookAtExperiments(this.#parts.folder);
    } catch (error) {
      this.#parts.onError(error);
      return new Map();
    }
  }

  #lookAtExperiments(): void {
    const before = this.#experiments;
    const start = performance.now();
    this.#experiments = lookAtExperiments(this.#parts.folder);
    const end = performance.now();
    this.#experimentsDue = end + SHARE[this.#watching.mode] * (end - start);
    for (const experimentId of new Set([...before.keys(), ...this.#experiments.keys()])) {
      if (before.get(experimentId) === this.#experiments.get(experimentId)) continue;
      this.#parts.announce({ kind: 'experiment', experimentId });
      this.#watchesDue = 0;
    }
  }

  /** Watches what is likely to change now. */
  #watch(): void {
    this.#watchesDue = performance.now() + CHOOSING;
    if (this.#watching.mode === 'polling') return;
    const { folder, index } = this.#parts;
    const experiments = folder.experimentFolders().slice(0, WATCHES.experiments);
    const active = index.activeRuns().flatMap((run) => this.#foldersOf(this.#runFolder(run)));
    const recent = [...this.#recent].reverse().map((run) => path.join(folder.root, run));
    const wanted = new Set([folder.root, path.join(folder.root, TRASH), ...experiments, ...active, ...recent]);
    for (const run of wanted.size < WATCHES.runs ? this.#newestFolders() : []) wanted.add(run);
    this.#watches.set([...wanted].slice(0, WATCHES.runs));
  }

  /** The folders of the newest runs: of the finished ones, those that somebody will rename or delete. */
  #newestFolders(): readonly string[] {
    const now = performance.now();
    if (now >= this.#newestDue || this.#newest.length === 0) {
      this.#newestDue = now + NEWEST;
      this.#newest = this.#parts.index.newestRuns(WATCHES.runs).map((run) => this.#runFolder(run));
    }
    return this.#newest;
  }

  /** The folders of a run in which its files are. */
  #foldersOf(runFolder: string): string[] {
    const metrics = path.join(runFolder, METRICS);
    // System metrics have a folder of their own in it.
    const nested = readSubfolders(metrics).map((name) => path.join(metrics, name));
    return [runFolder, metrics, ...nested, path.join(runFolder, PARAMS), path.join(runFolder, TAGS)];
  }

  #runFolder({ experimentId, runId }: WatchedRun): string {
    return path.join(this.#parts.folder.root, experimentId, runId);
  }

  #hears(run: WatchedRun): boolean {
    return this.#watches.covers(path.join(this.#runFolder(run), METRICS));
  }

  #onEvent(file: string): void {
    const [first = '', second = '', ...more] = path.relative(this.#parts.folder.root, file).split(path.sep);
    if (first === TRASH || second === '' || !isRunFolder(second) || (more.length === 0 && second.includes('.'))) {
      this.#experimentsDue = 0;
    } else {
      const runs = this.#happened.get(first) ?? new Set();
      this.#happened.set(first, runs.add(second));
    }
    this.#gathering ??= setTimeout(() => void this.#gathered(), GATHERING.first);
    this.#gathering.unref();
  }

  async #gathered(): Promise<void> {
    const happened = [...this.#happened];
    this.#happened.clear();
    try {
      if (performance.now() >= this.#experimentsDue) this.#lookAtExperiments();
      if (this.#watchesDue === 0) this.#watch();
      for (const [experimentId, runs] of happened) {
        this.#watchComing(experimentId, runs);
        await this.#parts.index.lookAt(experimentId, runs);
      }
    } catch (error) {
      this.#parts.onError(error);
    }
    if (this.#isStopped) return;
    this.#gathering = setTimeout(() => {
      this.#gathering = undefined;
      if (this.#happened.size > 0 || this.#experimentsDue === 0) void this.#gathered();
    }, GATHERING.pause).unref();
  }

  /** The rest of a run that has just come is still on its way. */
  #watchComing(experimentId: string, runIds: ReadonlySet<string>): void {
    for (const runId of runIds) {
      if (this.#parts.index.isWrittenHere({ experimentId, runId })) continue;
      for (const folder of this.#foldersOf(this.#runFolder({ experimentId, runId }))) {
        if (this.#watches.count < WATCHES.most) this.#watches.add(folder);
      }
    }
  }
}

function describe(root: string, place: string | undefined): string | undefined {
  return place && `${root} is ${place}`;
}
