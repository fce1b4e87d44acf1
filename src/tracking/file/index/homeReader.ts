import path from 'node:path';
import type { Problems } from '../problems.ts';
import { RunReader, readPatiently } from '../runReader.ts';
import { Slices } from '../slices.ts';
import { type Entry, type Home, knownLook, placeOf } from './home.ts';
import { ReadingOrder } from './readingOrder.ts';
import type { RunTable } from './runTable.ts';
import type { Scanned } from './scan.ts';
import type { ScanPool } from './scanPool.ts';

/** Runs that are read on the spot; more of them are read by threads. */
const FEW = 50;
/** Of many, those that are on the spot nevertheless: they are there before a thread gets to them. */
const FIRST = 20;
/** Experiments that this is done for: of more at once, it would take the time of many requests. */
const AT_ONCE = 2;
/** Runs that a thread reads at a time: few at first, so that they are there soon; each batch costs the main thread something. */
const BATCH = { first: 25, most: 400 };
/** ms until the first runs are chosen among those whose age is known by then. */
const DATING = 15;
/** Most folders whose age a thread is asked for at a time. */
const DATED = 20_000;
/** ms for which all files of a run are looked at that came or changed: the rest of it may still be on its way. */
const SETTLING = 3_000;
/** Runs that this is done for at a time. */
const SETTLED = 500;
export interface ReaderParts {
  readonly problems: Problems;
  readonly pool: ScanPool;
  readonly table: RunTable;
  /** Told of runs that another process has made, changed or removed. */
  onDidChange(experimentId: string, runId: string): void;
  /** Told instead where they are many, and when more runs of an experiment are known that is still being read. */
  onDidChangeMany(experimentId: string): void;
}

/** Reads runs of experiments into the table: few on the spot, many by threads. */
export class HomeReader {
  readonly #parts: ReaderParts;
  readonly #reader = new RunReader();
  /** Experiments that threads read now. */
  #reading = 0;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  enter(home: Home, name: string, entry: Entry): void {
    home.entries.set(name, entry);
    if (placeOf(entry)?.isActive) home.active.add(name);
    else home.active.delete(name);
  }

  forget(home: Home, name: string, entry: Entry): void {
    home.entries.delete(name);
    home.active.delete(name);
    home.settling.delete(name);
    const place = placeOf(entry);
    this.#parts.table.remove(place);
    this.#parts.problems.setRun(home.experimentId, name, []);
    if (place) this.#tell(home, name);
  }

  #tell(home: Home, name: string): void {
    this.#parts.onDidChange(home.experimentId, name);
  }

  /** @param isNews whether to tell that these runs have changed. */
  async read(home: Home, folder: string, names: readonly string[], isNews: boolean): Promise<void> {
    if (names.length === 0) return;
    const few = names.length <= FEW ? names : await this.#readMany(home, folder, names, isNews);
    const slices = new Slices();
    for (const name of few) {
      if (slices.isOver) await slices.giveWay();
      await this.#readOne(home, folder, name, isNews);
    }
    this.#parts.table.settle();
  }

  /** @returns whether it is not what it was. */
  async #readOne(home: Home, folder: string, name: string, isNews: boolean): Promise<boolean> {
    const runFolder = path.join(folder, name);
    const { run, look, problems } = await readPatiently(this.#reader, runFolder);
    this.#parts.problems.setRun(home.experimentId, name, problems);
    const known = home.entries.get(name);
    const before = known && placeOf(known);
    const hasChanged = known === undefined || knownLook(known).all !== look.all;
    this.#parts.table.remove(before);
    this.enter(home, name, run ? this.#parts.table.put(home.experimentId, run, look, problems.length > 0) : { look });
    if (isNews && hasChanged) this.#settle(home, name);
    if (isNews && hasChanged && (run || before)) this.#tell(home, name);
    return hasChanged;
  }

  /** Reads them by threads, the newest first. @returns the names of those that have to be read once more, with patience. */
  async #readMany(home: Home, folder: string, names: readonly string[], isNews: boolean): Promise<string[]> {
    const unknown = names.filter((name) => !home.entries.has(name)).length;
    let left = names.length;
    const goOn = (count: number, hasChanged: boolean) => {
      left -= count;
      const total = home.entries.size + Math.min(left, unknown);
      // What is only read again was there all the time.
      home.reading = unknown > FEW && left > 0 ? { done: total - Math.min(left, unknown), total } : undefined;
      if ((isNews || home.isTold) && hasChanged) this.#parts.onDidChangeMany(home.experimentId);
    };
    goOn(0, unknown > FEW);
    const order = new ReadingOrder(folder, names);
    this.#reading += 1;
    if (this.#reading <= AT_ONCE && !this.#parts.pool.isCourteous) {
      await order.date(DATING);
      const slices = new Slices();
      for (const name of order.take(FIRST)) {
        if (slices.isOver) await slices.giveWay();
        goOn(1, await this.#readOne(home, folder, name, false));
      }
    }
    await this.#date(order);
    const unfinished: string[] = [];
    let size = BATCH.first;
    const next = () => {
      const batch = order.take(size);
      size = Math.min(2 * size, BATCH.most);
      return batch;
    };
    // One more than there are threads, so that none has to wait for its next one.
    const lanes = Array.from({ length: this.#parts.pool.size + 1 }, async () => {
      for (let batch = next(); batch.length > 0; batch = next()) {
        const { experimentId } = home;
        const scanned = await this.#parts.pool.read({ experimentId, experimentFolder: folder, names: batch });
        unfinished.push(...scanned.unfinished);
        const changed = this.#enterBatch(home, batch, scanned);
        goOn(batch.length, changed.length > 0);
        if (isNews) for (const name of changed) this.#settle(home, name);
      }
    });
    await Promise.all(lanes).finally(() => {
      home.reading = undefined;
      this.#reading -= 1;
    });
    return unfinished;
  }

  /** Has threads look how old the other folders are: all of them, so that they are read in their order. */
  async #date(order: ReadingOrder): Promise<void> {
    const { pool } = this.#parts;
    const { folder, names } = order.undated();
    const share = Math.min(DATED, Math.ceil(names.length / pool.size));
    const dates: Promise<Float64Array>[] = [];
    for (let at = 0; at < names.length; at += share) {
      dates.push(pool.date({ folder, names: names.slice(at, at + share) }));
    }
    for (const part of dates) order.enter(await part);
  }

  /** @returns the names of those that are not what they were. */
  #enterBatch(home: Home, names: readonly string[], scanned: Scanned): string[] {
    const { problems, table } = this.#parts;
    const { experimentId, entries } = home;
    const before = new Map<string, number | undefined>();
    for (const name of names) {
      const entry = entries.get(name);
      before.set(name, entry && knownLook(entry).all);
      table.remove(entry && placeOf(entry));
      problems.setRun(experimentId, name, []);
    }
    for (const { name, look } of scanned.others) this.enter(home, name, { look });
    for (const { name, run, look, problems: found } of scanned.broken) {
      problems.setRun(experimentId, name, found);
      this.enter(home, name, run ? table.put(experimentId, run, look, true) : { look });
    }
    table.add(scanned, (_, runId, place) => this.enter(home, runId, place));
    return names.filter((name) => {
      const entry = entries.get(name);
      return entry !== undefined && knownLook(entry).all !== before.get(name);
    });
  }

  #settle(home: Home, name: string): void {
    if (home.settling.size < SETTLED) home.settling.set(name, performance.now() + SETTLING);
  }
}
