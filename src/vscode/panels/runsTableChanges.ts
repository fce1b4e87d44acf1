import type { Disposable } from 'vscode';
import type { Change } from '../../entities/change.ts';
import type { RunsTableSource } from '../../protocol/runsTable.ts';
import type { Connections } from '../services/connections.ts';

/** At most four rounds a second (ms); fewer where everything is read again. */
const [INTERVAL, LONG_INTERVAL] = [250, 2_000];
/** More changed runs are not read one by one. */
const ONE_BY_ONE = 200;

export interface TableWatcher {
  /** These runs went on, came or went. */
  runs(runIds: readonly string[]): Promise<void>;
  /** Anything may have changed. */
  all(): Promise<void>;
}

/** Tells what a table has to read again, gathered over an interval, one round after the other. */
export function watchTable(connections: Connections, source: RunsTableSource, watcher: TableWatcher): Disposable {
  let waiting = new Set<string>();
  let isAllWanted = false;
  let timer: NodeJS.Timeout | undefined;
  let isBusy = false;
  let lastAll = 0;

  const schedule = () => {
    if (isBusy || timer || (waiting.size === 0 && !isAllWanted)) return;
    const pause =
      isAllWanted && waiting.size === 0 ? Math.max(INTERVAL, lastAll + LONG_INTERVAL - Date.now()) : INTERVAL;
    timer = setTimeout(round, pause);
  };
  const round = async () => {
    timer = undefined;
    const runIds = [...waiting];
    waiting = new Set();
    const isAll = runIds.length > ONE_BY_ONE || (isAllWanted && Date.now() >= lastAll + LONG_INTERVAL);
    isBusy = true;
    if (isAll) {
      isAllWanted = false;
      await watcher.all();
      lastAll = Date.now();
    } else if (runIds.length > 0) await watcher.runs(runIds);
    isBusy = false;
    schedule();
  };
  const take = (changes: readonly Change[]) => {
    for (const change of changes) {
      if (!('experimentId' in change) || change.experimentId !== source.experimentId) continue;
      if (change.kind === 'run' && (source.runIds?.includes(change.runId) ?? true)) waiting.add(change.runId);
      if (change.kind === 'runs') isAllWanted = true;
    }
    schedule();
  };
  const listen = () => connections.get(source.connectionId)?.onDidChange(take);
  let subscription = listen();
  const comings = connections.onDidChange(() => {
    subscription?.dispose();
    subscription = listen();
    isAllWanted = true;
    lastAll = 0;
    schedule();
  });
  return {
    dispose() {
      clearTimeout(timer);
      comings.dispose();
      subscription?.dispose();
    },
  };
}
