import type { Disposable } from 'vscode';
import { MlflowError } from '../../../entities/error.ts';
import type { Run } from '../../../entities/run.ts';
import type { ExperimentReference } from '../../../protocol/following.ts';
import { RunColumns } from '../../../views/runsTable/runColumns.ts';
import type { Connection, Connections, RunReference } from '../../services/connections.ts';
import { doAtOnce } from '../../services/doAtOnce.ts';
import { connectionOf, watchRuns } from '../runSource.ts';
import { watchTable } from '../runsTableChanges.ts';
import { MOST_RUNS, RunsTableReader } from '../runsTableReader.ts';

/** The runs that charts are made of, kept up to date. */
export interface ChartsRuns extends Disposable {
  readonly columns: RunColumns;
  readonly isReading: boolean;
  /** Why nothing can be read at the moment. */
  readonly failure: string | undefined;
  /** Reads all of them (again); the listener is told. */
  read(): Promise<void>;
  reference(runId: string): RunReference;
  /** Takes in further runs; absent where all of an experiment are there already. */
  readonly add?: (runs: readonly RunReference[]) => Promise<void>;
  /** Takes other runs instead; absent as `add` is. */
  readonly replace?: (runs: readonly RunReference[]) => Promise<void>;
  /** @throws an Error where the server is not there */
  connection(connectionId: string): Connection;
}

export interface ChartsListener {
  /** There are other runs, or they have other metrics, params or tags. */
  show(): void;
  /** These runs went on. */
  changed(runIds: readonly string[]): void;
}

const AT_ONCE = 8;

/** Some runs, wherever they are; deleted ones too. Those that are gone for good are left out. */
export function referencedRuns(
  connections: Connections,
  first: readonly RunReference[],
  listener: ChartsListener,
): ChartsRuns {
  let references = first;
  let byId = new Map(references.map((reference) => [reference.runId, reference]));
  let columns = new RunColumns();
  let failure: string | undefined;

  /** @param into what is shown in place of the runs that are there, once they are read */
  async function readSome(wanted: readonly RunReference[], into = columns): Promise<void> {
    const found: (Run | undefined)[] = [];
    const asked = references;
    try {
      await doAtOnce(AT_ONCE, wanted, async (reference, at) => {
        found[at] = await connectionOf(connections, reference).tracking.getRun(reference.runId).catch(gone);
      });
      // Other runs are wanted by now.
      if (asked !== references) return;
      const runs = found.filter((run) => run !== undefined);
      if (runs.length === 0 && into.order.length === 0) throw new Error('These runs are no longer there.');
      into.append(runs);
      columns = into;
      failure = undefined;
    } catch (error) {
      if (asked !== references) return;
      failure = error instanceof Error ? error.message : String(error);
    }
  }

  async function update(runIds: ReadonlySet<string>): Promise<void> {
    const before = columns.ids().length;
    const hadFailed = failure !== undefined;
    await readSome(references.filter(({ runId }) => runIds.has(runId)));
    // What was missed while the server was away is not known.
    if (failure !== undefined || hadFailed || columns.ids().length !== before) listener.show();
    if (failure === undefined) listener.changed([...runIds]);
  }

  const listen = () => watchRuns(connections, references, (runIds) => void update(runIds));
  let watch = listen();
  function refer(next: readonly RunReference[]): void {
    references = next;
    byId = new Map(references.map((reference) => [reference.runId, reference]));
    watch.dispose();
    watch = listen();
  }
  return {
    get columns() {
      return columns;
    },
    isReading: false,
    get failure() {
      return failure;
    },
    async read() {
      await readSome(references);
      listener.show();
    },
    async add(runs) {
      const more = runs.filter(({ runId }) => !byId.has(runId));
      refer([...references, ...more]);
      await readSome(more);
      listener.show();
    },
    async replace(runs) {
      refer(runs);
      await readSome(runs, new RunColumns());
      listener.show();
    },
    reference: (runId) => known(byId.get(runId), runId),
    connection: (connectionId) => connectionOf(connections, { connectionId, experimentId: '', runId: '' }),
    dispose: () => watch.dispose(),
  };
}

/** All runs of an experiment that are not deleted, the newest first. */
export function experimentRuns(
  connections: Connections,
  source: ExperimentReference,
  listener: ChartsListener,
): ChartsRuns {
  const reader = new RunsTableReader(connections, source, () => listener.show());
  const readAll = async () => {
    await reader.read();
    await reader.want(MOST_RUNS);
  };
  const watch = watchTable(connections, source, {
    async runs(runIds) {
      await reader.update(runIds);
      listener.changed(runIds);
    },
    all: readAll,
  });
  return {
    get columns() {
      return reader.columns;
    },
    get isReading() {
      return reader.isServerReading || !reader.isWhole;
    },
    get failure() {
      return reader.failure;
    },
    read: readAll,
    reference: (runId) => ({ ...source, runId }),
    connection: () => reader.connection,
    dispose: () => watch.dispose(),
  };
}

function known(reference: RunReference | undefined, runId: string): RunReference {
  if (!reference) throw new Error(`Run ${runId} is not shown.`);
  return reference;
}

function gone(error: unknown): undefined {
  if (!(error instanceof MlflowError) || error.code !== 'RESOURCE_DOES_NOT_EXIST') throw error;
}
