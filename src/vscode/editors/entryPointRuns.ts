import { type Disposable, EventEmitter, type LogOutputChannel, type TextDocument, window, workspace } from 'vscode';
import type { Change } from '../../entities/change.ts';
import type { Run } from '../../entities/run.ts';
import type { Project } from '../../mlproject/project.ts';
import type { EntryPointRuns } from '../../views/entryPointLenses.ts';
import type { Connection } from '../services/connections.ts';
import type { EmbeddedServers } from '../services/embeddedServers.ts';
import { EntryPointSearch } from '../services/entryPointSearch.ts';
import type { Services } from '../services.ts';

/** Runs of an entry point whose curves are drawn. */
const DRAWN = 5;
/** ms between two questions to a server, however fast a training logs. */
const INTERVAL = 1_000;
/** ms after which the time of a run that goes on is drawn again. */
const TICK = 5_000;

export interface ShownRuns extends EntryPointRuns {
  /** The newest ones first, the last among them. */
  readonly latest: readonly Run[];
}

type RunsByEntryPoint = ReadonlyMap<string, ShownRuns>;

const NONE: RunsByEntryPoint = new Map();

/** What was read for a document. */
interface Known {
  readonly search: EntryPointSearch;
  runs: RunsByEntryPoint;
  isStale: boolean;
  reading: Promise<void> | undefined;
}

/**
 * The runs of the entry points of visible MLproject documents, kept up to date by the changes that servers tell of. While
 * no such document is visible nothing is asked for, and no server is started for them.
 */
export class EntryPointRunsSource implements Disposable {
  readonly #servers: EmbeddedServers;
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<void>();
  /** Some are not what they were. */
  readonly onDidChange = this.#changed.event;
  readonly #known = new Map<string, Known>();
  readonly #listening = new Map<Connection, { dispose(): void }>();
  readonly #subscriptions: Disposable[];
  #timer: NodeJS.Timeout | undefined;
  #ticker: NodeJS.Timeout | undefined;

  constructor({ servers, log }: Services) {
    this.#servers = servers;
    this.#log = log;
    this.#subscriptions = [
      window.onDidChangeVisibleTextEditors(() => this.#follow()),
      servers.onDidChange(() => {
        this.#follow();
        this.#expire();
      }),
      workspace.onDidCloseTextDocument(({ uri }) => this.#known.delete(uri.toString())),
    ];
    this.#follow();
  }

  /** What is known now; what is not is asked for, and told of by `onDidChange`. */
  of(document: TextDocument, project: Project): RunsByEntryPoint {
    const connection = this.#servers.of(document.uri)?.connection;
    if (!connection) return NONE;
    this.#follow();
    const key = document.uri.toString();
    const known = this.#known.get(key) ?? newlyOpened(document);
    this.#known.set(key, known);
    const names = project.entryPoints.map(({ name }) => name);
    if (known.isStale && !known.reading) known.reading = this.#read(known, connection, document, names);
    return known.runs;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#ticker);
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const listener of this.#listening.values()) listener.dispose();
    this.#changed.dispose();
  }

  async #read(known: Known, connection: Connection, document: TextDocument, names: readonly string[]): Promise<void> {
    known.isStale = false;
    try {
      const runs = await readRuns(known.search, connection, names);
      const isSame = fingerprint(runs) === fingerprint(known.runs);
      known.runs = runs;
      if (!isSame) this.#changed.fire();
    } catch (error) {
      this.#log.warn(`The runs of ${document.uri.fsPath} could not be read: ${error}`);
    } finally {
      known.reading = undefined;
    }
    this.#tickWhileRunning();
  }

  /** Listens to the servers of the visible documents, and to no others. */
  #follow(): void {
    const documents = window.visibleTextEditors.map(({ document }) => document).filter(isProject);
    const wanted = new Set(documents.flatMap(({ uri }) => this.#servers.of(uri)?.connection ?? []));
    for (const [connection, listener] of this.#listening) {
      if (wanted.has(connection)) continue;
      listener.dispose();
      this.#listening.delete(connection);
      // What happens from here on is not heard of.
      for (const known of this.#known.values()) known.isStale = true;
    }
    for (const connection of wanted) {
      if (this.#listening.has(connection)) continue;
      this.#listening.set(
        connection,
        connection.onDidChange((changes) => this.#note(changes)),
      );
    }
  }

  #note(changes: readonly Change[]): void {
    if (!changes.some(({ kind }) => kind === 'run' || kind === 'runs' || kind === 'experiment')) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#expire();
    }, INTERVAL);
  }

  #expire(): void {
    for (const known of this.#known.values()) known.isStale = true;
    this.#changed.fire();
  }

  #tickWhileRunning(): void {
    const isRunning = [...this.#known.values()].some(({ runs }) =>
      [...runs.values()].some(({ last }) => last.info.status === 'RUNNING'),
    );
    if (!isRunning) {
      clearInterval(this.#ticker);
      this.#ticker = undefined;
    } else {
      this.#ticker ??= setInterval(() => this.#changed.fire(), TICK);
    }
  }
}

function newlyOpened({ uri }: TextDocument): Known {
  return { search: new EntryPointSearch(uri), runs: NONE, isStale: true, reading: undefined };
}

function isProject({ languageId, uri }: TextDocument): boolean {
  return languageId === 'mlproject' && uri.scheme === 'file';
}

async function readRuns(
  search: EntryPointSearch,
  connection: Connection,
  names: readonly string[],
): Promise<RunsByEntryPoint> {
  const found = await search.find(connection, names, DRAWN);
  return new Map(
    found.flatMap(({ runs: latest, ...counted }, at): [string, ShownRuns][] => {
      const [last] = latest;
      return last ? [[names[at] ?? '', { last, latest, ...counted }]] : [];
    }),
  );
}

/** Differs when what is shown does. */
function fingerprint(runs: RunsByEntryPoint): string {
  return JSON.stringify(
    [...runs].map(([name, { latest, total }]) => {
      const shown = latest.map(({ info, data }) => {
        const values = [...data.metrics.values()].map(({ key, value, step }) => [key, String(value), String(step)]);
        return [info, values];
      });
      return [name, total, shown];
    }),
  );
}
