import type { Disposable } from 'vscode';
import { MlflowError } from '../../../entities/error.ts';
import type { Run } from '../../../entities/run.ts';
import { isObject } from '../../../protocol/channel.ts';
import { RunColumns } from '../../../views/runsTable/runColumns.ts';
import type { Connection, Connections, RunReference } from '../../services/connections.ts';
import { doAtOnce } from '../../services/doAtOnce.ts';
import { connectionOf, watchRuns } from '../runSource.ts';
import { watchTable } from '../runsTableChanges.ts';
import { MOST_RUNS, RunsTableReader } from '../runsTableReader.ts';

export interface ExperimentReference {
  readonly connectionId: string;
  readonly experimentId: string;
}

export function isExperimentReference(value: unknown): value is ExperimentReference {
  return isObject(value) && typeof value.connectionId === 'string' && typeof value.experimentId === 'string';
}

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
  const byId = new Map(references.map((reference) => [reference.runId, reference]));
  const columns = new RunColumns();
  let failure: string | undefined;

  async function readSome(wanted: readonly RunReference[]): Promise<void> {
    const found: (Run | undefined)[] = [];
    try {
      await doAtOnce(AT_ONCE, wanted, async (reference, at) => {
        found[at] = await connectionOf(connections, reference).tracking.getRun(reference.runId).catch(gone);
      });
      const runs = found.filter((run) => run !== undefined);
      if (runs.length === 0 && columns.order.length === 0) throw new Error('These runs are no longer there.');
      columns.append(runs);
      failure = undefined;
    } catch (error) {
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
  return {
    columns,
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
      for (const reference of more) byId.set(reference.runId, reference);
      references = [...references, ...more];
      watch.dispose();
      watch = listen();
      await readSome(more);
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
