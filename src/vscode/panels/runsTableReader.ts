import { MlflowError } from '../../entities/error.ts';
import type { RunsTableSource } from '../../protocol/runsTable.ts';
import { filterOf, typedFilter } from '../../views/runsTable/filter.ts';
import { PARENT } from '../../views/runsTable/nest.ts';
import { orderBy, type SortKey } from '../../views/runsTable/order.ts';
import { RunColumns } from '../../views/runsTable/runColumns.ts';
import type { Connection, Connections } from '../services/connections.ts';
import { connectionOf } from './runSource.ts';

/** Runs that one request reads: parsing more at once would hold up the editor. */
const PAGE = 500;
/** Runs that are read without being scrolled to; further ones when the window comes near. */
const READ_AHEAD = 10_000;
const NEAR = 2_000;
/** Parents that are asked for at once, and parents of parents that are looked for. */
const [PARENTS, GENERATIONS] = [200, 8];
/** How long runs are kept that tell what can be asked for (ms). */
const EXAMPLES_KEPT = 30_000;
/** Runs of a table, at most. */
export const MOST_RUNS = 100_000;

/** Which runs, and in which order. */
export interface RunsQuery {
  readonly filter: string;
  readonly sort: readonly SortKey[];
}

/** Reads the runs of a table page by page, as far as they are needed. */
export class RunsTableReader {
  readonly #connections: Connections;
  readonly #source: RunsTableSource;
  readonly #tell: () => void;
  #query: RunsQuery = { filter: '', sort: [] };
  #columns = new RunColumns();
  /** One at a time: a later one takes the place of an earlier. */
  #round = 0;
  #reading: Promise<void> | undefined;
  #nextPageToken: string | undefined;
  /** Parents that do not exist, or no longer. */
  #absent = new Set<string>();
  #wanted = READ_AHEAD;
  #examples: { readonly columns: Promise<RunColumns>; readonly until: number } | undefined;
  #total: number | undefined;
  #all: number | undefined;
  isServerReading = false;
  filterError: string | undefined;
  failure: string | undefined;

  /** @param tell called whenever there is something else to show */
  constructor(connections: Connections, source: RunsTableSource, tell: () => void) {
    this.#connections = connections;
    this.#source = source;
    this.#tell = tell;
  }

  get columns(): RunColumns {
    return this.#columns;
  }

  get sort(): readonly SortKey[] {
    return this.#query.sort;
  }

  /** Runs that match, as far as is known. */
  get total(): number {
    return Math.max(this.#total ?? 0, this.#columns.order.length);
  }

  /** All runs that there are, whatever the filter; as they were counted when there was none. */
  get all(): number | undefined {
    return this.#query.filter.trim() === '' ? this.total : this.#all;
  }

  /** The experiment's runs whatever the filter, as far as they are needed to tell what can be asked for: the newest. */
  async examples(): Promise<RunColumns> {
    if (this.#query.filter.trim() === '') return this.#columns;
    if (!this.#examples || Date.now() > this.#examples.until) {
      const columns = new RunColumns();
      this.#examples = {
        until: Date.now() + EXAMPLES_KEPT,
        columns: this.#search(filterOf('', this.#source.runIds), undefined).then(({ items }) => {
          columns.append(items);
          return columns;
        }),
      };
      // The server may be back the next time.
      this.#examples.columns.catch(() => {
        this.#examples = undefined;
      });
    }
    return this.#examples.columns;
  }

  get isWhole(): boolean {
    return this.#nextPageToken === undefined;
  }

  get connection(): Connection {
    return connectionOf(this.#connections, { ...this.#source, runId: '' });
  }

  /** Reads from the beginning; what is shown stays until there is something to take its place. */
  read(query: RunsQuery = this.#query): Promise<void> {
    this.#query = query;
    this.#absent = new Set();
    const reading = this.#readFrom(new RunColumns(), undefined, ++this.#round);
    this.#reading = reading;
    return reading;
  }

  /** Reads on until so many rows can be shown, and some more. */
  async want(rows: number): Promise<void> {
    this.#wanted = Math.max(this.#wanted, rows + NEAR);
    await this.#reading;
    if (this.isWhole || this.#columns.order.length >= Math.min(this.#wanted, MOST_RUNS)) return;
    this.#reading = this.#readFrom(this.#columns, this.#nextPageToken, this.#round);
    await this.#reading;
  }

  /** Reads runs that changed: those that match now come to their places, the others go. */
  async update(runIds: readonly string[]): Promise<void> {
    const round = this.#round;
    await this.#failing(async () => {
      const found = await this.#search(
        filterOf(typedFilter(this.#query.filter), this.#source.runIds, runIds),
        undefined,
      );
      if (round !== this.#round) return;
      const before = this.#columns.order.length;
      this.#columns.update(runIds, found.items, this.#query.sort, this.isWhole);
      if (this.#total !== undefined) this.#total += this.#columns.order.length - before;
      for (const runId of runIds) this.#absent.delete(runId);
      await this.#readParents(this.#columns);
    });
    this.#tell();
  }

  async #readFrom(columns: RunColumns, pageToken: string | undefined, round: number): Promise<void> {
    const filter = filterOf(typedFilter(this.#query.filter), this.#source.runIds);
    // What replaces a longer table does so at once.
    const shown = columns === this.#columns ? 0 : Math.min(this.#columns.order.length, this.#wanted);
    let token = pageToken;
    do {
      const isDone = await this.#failing(async () => {
        const page = await this.#search(filter, token);
        if (round !== this.#round) return;
        columns.append(page.items);
        await this.#readParents(columns);
        if (round !== this.#round) return;
        token = page.nextPageToken;
        if (token !== undefined && columns.order.length < shown && !this.filterError) return;
        this.#columns = columns;
        this.#nextPageToken = token;
        this.#total = page.total;
        if (filter === undefined) this.#all = this.total;
        this.isServerReading = page.reading !== undefined;
        this.filterError = undefined;
      });
      if (round !== this.#round) return;
      this.#tell();
      if (!isDone) return;
    } while (token !== undefined && columns.order.length < Math.min(this.#wanted, MOST_RUNS));
  }

  /** Reads the parents of runs that do not match themselves or come on a later page. A chosen list of runs is what it is. */
  async #readParents(columns: RunColumns): Promise<void> {
    if (this.#source.runIds) return;
    for (let generation = 0; generation < GENERATIONS; generation++) {
      const unknown = columns.unknownRuns(PARENT).filter((runId) => !this.#absent.has(runId));
      if (unknown.length === 0) return;
      for (let from = 0; from < unknown.length; from += PARENTS) {
        const asked = unknown.slice(from, from + PARENTS);
        columns.addContext((await this.#search(filterOf('', asked), undefined)).items);
        for (const runId of asked) if (columns.slot(runId) === undefined) this.#absent.add(runId);
      }
    }
  }

  #search(filter: string | undefined, pageToken: string | undefined) {
    return this.connection.searchKnownRuns({
      experimentIds: [this.#source.experimentId],
      filter,
      orderBy: orderBy(this.#query.sort),
      maxResults: PAGE,
      pageToken,
    });
  }

  /** @returns whether it went well; else the reason is kept */
  async #failing(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.failure = undefined;
      return true;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const isFilter = error instanceof MlflowError && error.code === 'INVALID_PARAMETER_VALUE';
      if (isFilter && this.#query.filter.trim() !== '') this.filterError = message;
      else this.failure = message;
      return false;
    }
  }
}
