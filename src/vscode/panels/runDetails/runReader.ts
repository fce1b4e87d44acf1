import { type Disposable, Disposable as Disposables } from 'vscode';
import type { Run } from '../../../entities/run.ts';
import { detailsTimes, isActive, type RunDetails, runDetails } from '../../../views/runDetails/runDetails.ts';
import type { Connection, Connections, RunReference } from '../../services/connections.ts';
import { connectionOf, watchRuns } from '../runSource.ts';
import { readCommand } from './readCommand.ts';
import { readFamily } from './readFamily.ts';
import { RunModels } from './readModels.ts';

/** ms between two attempts while the server cannot be reached. */
const RETRY = 3_000;
/** ms between two looks at what no change tells of: the children of a run that goes on. */
const LOOK = 5_000;
const SECOND = 1_000;

export interface RunReaderEvents {
  /** Parts that have changed since they were told last. */
  readonly onParts: (parts: Partial<RunDetails>) => void;
  readonly onFailure: (message: string) => void;
  /** Nothing is read again and again for what nobody sees. */
  readonly isVisible: () => boolean;
}

/** Reads one run, and again whenever it went on, its server came back, or somebody asks. */
export class RunReader implements Disposable {
  readonly #connections: Connections;
  readonly #reference: RunReference;
  readonly #events: RunReaderEvents;
  readonly #models = new RunModels();
  readonly #told = new Map<string, string>();
  readonly #watch: Disposable;
  readonly #clock: NodeJS.Timeout;
  #run: Run | undefined;
  #reading: Promise<void> | undefined;
  #isAskedAgain = false;
  #lastLook = 0;
  #hasFailed = false;

  constructor(connections: Connections, reference: RunReference, events: RunReaderEvents) {
    this.#connections = connections;
    this.#reference = reference;
    this.#events = events;
    const changes = watchRuns(connections, [reference], () => void this.read());
    this.#clock = setInterval(() => this.#tick(), SECOND);
    this.#watch = Disposables.from(changes);
  }

  dispose(): void {
    clearInterval(this.#clock);
    this.#watch.dispose();
  }

  /** The run as it was read last. @throws an Error before that, and where its server is not there */
  known(): { readonly connection: Connection; readonly run: Run } {
    const connection = connectionOf(this.#connections, this.#reference);
    if (!this.#run) throw new Error('The run has not been read yet.');
    return { connection, run: this.#run };
  }

  /** Tells everything again: the page has forgotten what it was told. */
  async start(): Promise<void> {
    this.#told.clear();
    await this.read();
  }

  /** Settles when everything has been read once more, or could not be, which is told by an event. */
  async read(): Promise<void> {
    this.#isAskedAgain = true;
    this.#reading ??= this.#readAll();
    await this.#reading;
  }

  async #readAll(): Promise<void> {
    try {
      while (this.#isAskedAgain) {
        this.#isAskedAgain = false;
        await this.#readOnce();
      }
      this.#hasFailed = false;
    } catch (error) {
      this.#hasFailed = true;
      this.#events.onFailure(error instanceof Error ? error.message : String(error));
    } finally {
      this.#lastLook = Date.now();
      this.#reading = undefined;
    }
  }

  async #readOnce(): Promise<void> {
    const connection = connectionOf(this.#connections, this.#reference);
    const run = await connection.tracking.getRun(this.#reference.runId);
    const experiment = await connection.tracking.getExperiment(run.info.experimentId);
    this.#run = run;
    this.#tell(runDetails(run, experiment, Date.now(), await readCommand(run)));
    const [models, family] = await Promise.all([this.#models.read(connection, run), readFamily(connection, run)]);
    this.#tell({ models, family });
  }

  #tell(parts: Partial<RunDetails>): void {
    const changed = Object.entries(parts).filter(([part, value]) => {
      const text = JSON.stringify(value);
      const isNew = this.#told.get(part) !== text;
      this.#told.set(part, text);
      return isNew;
    });
    // Also with nothing new: that it can be read at all is news after a failure.
    if (changed.length > 0 || this.#hasFailed) this.#events.onParts(Object.fromEntries(changed));
  }

  #tick(): void {
    if (!this.#events.isVisible()) return;
    if (this.#run && !this.#hasFailed) this.#tell({ times: detailsTimes(this.#run, Date.now()) });
    const interval = this.#hasFailed ? RETRY : LOOK;
    const isDue = this.#hasFailed || (this.#run !== undefined && isActive(this.#run));
    if (isDue && Date.now() - this.#lastLook > interval) void this.read();
  }
}
