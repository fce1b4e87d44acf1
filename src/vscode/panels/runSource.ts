import type { Disposable } from 'vscode';
import { doesNotExist } from '../../entities/error.ts';
import type { Run } from '../../entities/run.ts';
import type { Connection, Connections, RunReference } from '../services/connections.ts';

/** At most four reads a second, however fast a training logs (ms). */
const INTERVAL = 250;
/** Fewer where it is only known that many runs changed, which these may not be among (ms). */
const LONG_INTERVAL = 2_000;

/** Reads runs of one or more servers. @throws an Error that says what is not there */
export async function readRuns(connections: Connections, references: readonly RunReference[]): Promise<readonly Run[]> {
  return Promise.all(
    references.map((reference) => connectionOf(connections, reference).tracking.getRun(reference.runId)),
  );
}

/** @throws an Error where the server is not there (yet) */
export function connectionOf(connections: Connections, { connectionId }: RunReference): Connection {
  const connection = connections.get(connectionId);
  if (!connection) throw doesNotExist('The tracking server of these runs is not running.');
  return connection;
}

/** @throws an Error where the run is not among the references, or its server is not there */
export function connectionOfRun(
  connections: Connections,
  references: readonly RunReference[],
  runId: string,
): Connection {
  const reference = references.find((it) => it.runId === runId);
  if (!reference) throw new Error(`Run ${runId} is not shown.`);
  return connectionOf(connections, reference);
}

/**
 * Calls back when runs went on, gathered over an interval, or when their servers came or went (with all of them).
 * @param onRuns ids of runs that changed
 */
export function watchRuns(
  connections: Connections,
  references: readonly RunReference[],
  onRuns: (runIds: ReadonlySet<string>) => void,
): Disposable {
  const own = new Set(references.map(({ runId }) => runId));
  let waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const late = new Set<string>();
  let lateTimer: NodeJS.Timeout | undefined;
  const announceLate = (runIds: readonly string[]) => {
    for (const runId of runIds) late.add(runId);
    if (late.size === 0) return;
    lateTimer ??= setTimeout(() => {
      lateTimer = undefined;
      announce([...late]);
      late.clear();
    }, LONG_INTERVAL);
  };
  const announce = (runIds: Iterable<string>) => {
    for (const runId of runIds) if (own.has(runId)) waiting.add(runId);
    if (waiting.size === 0) return;
    timer ??= setTimeout(() => {
      const changed = waiting;
      waiting = new Set();
      timer = undefined;
      onRuns(changed);
    }, INTERVAL);
  };
  const listen = () =>
    [...new Set(references.map(({ connectionId }) => connectionId))].flatMap((id) => {
      const connection = connections.get(id);
      if (!connection) return [];
      return connection.onDidChange((changes) => {
        announce(changes.flatMap((change) => (change.kind === 'run' ? change.runId : [])));
        const many = changes.flatMap((change) => (change.kind === 'runs' ? change.experimentId : []));
        const among = references.filter((it) => it.connectionId === id && many.includes(it.experimentId));
        announceLate(among.map(({ runId }) => runId));
      });
    });
  let subscriptions = listen();
  const comings = connections.onDidChange(() => {
    for (const subscription of subscriptions) subscription.dispose();
    subscriptions = listen();
    announce(own);
  });
  return {
    dispose() {
      clearTimeout(timer);
      clearTimeout(lateTimer);
      comings.dispose();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
