import { ProgressLocation, window, workspace } from 'vscode';
import type { Experiment } from '../../entities/experiment.ts';
import type { Run } from '../../entities/run.ts';
import { copyRun } from '../../transfer/copyRun.ts';
import { withNestedRuns } from '../../transfer/runTree.ts';
import { copyResult, describeCopy } from '../../views/tree/runCopy.ts';
import type { Connection, RunReference } from './connections.ts';

interface RunOfConnection {
  readonly connection: Connection;
  readonly run: Run;
}

export interface CopyTarget {
  readonly connection: Connection;
  readonly experiment: Experiment;
}

/**
 * Copies runs, with those that are nested in them, into an experiment; with progress, and can be stopped: what is whole by
 * then stays. @param open shows a copy
 */
export async function copyRuns(
  runs: readonly RunOfConnection[],
  { connection, experiment }: CopyTarget,
  open: (copy: RunReference) => Promise<unknown>,
): Promise<void> {
  const { experimentId, name: experimentName } = experiment;
  const [copied, missing]: [string[], string[]] = [[], []];
  let first: string | undefined;
  const title = `Copying to ${experimentName}`;
  await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      const all = await allRuns(runs);
      /** Of each server: ids of its runs → ids of their copies. */
      const copies = new Map<Connection, Map<string, string>>();
      let told = 0;
      for (const [at, { connection: from, run }] of all.entries()) {
        const { runId, runName } = run.info;
        const state = { at: at + 1, total: all.length, name: runName };
        progress.report({
          message: describeCopy({ ...state, points: 0, bytes: 0 }),
          increment: at === 0 ? 0 : 100 / all.length,
        });
        const own = copies.get(from) ?? new Map<string, string>();
        copies.set(from, own);
        const onProgress = (done: { readonly points: number; readonly bytes: number }) => {
          if (Date.now() - told < 200) return;
          told = Date.now();
          progress.report({ message: describeCopy({ ...state, ...done }) });
        };
        try {
          const options = { signal: stop.signal, onProgress, copies: own };
          const copy = await copyRun(from, runId, connection, experimentId, options);
          own.set(runId, copy.runId);
          first ??= copy.runId;
          copied.push(runName);
          missing.push(...copy.missing.map((reason) => `${runName}: ${reason}`));
        } catch (error) {
          if (stop.signal.aborted) return;
          throw new Error(`Copying '${runName}' failed: ${error instanceof Error ? error.message : error}`, {
            cause: error,
          });
        }
      }
    },
  );
  if (first === undefined) return;
  const reference = { connectionId: connection.id, experimentId, runId: first };
  void tellResult(copyResult(copied, experimentName, missing), missing, () => open(reference));
}

/** Parents before children, server by server. */
async function allRuns(runs: readonly RunOfConnection[]): Promise<readonly RunOfConnection[]> {
  const groups = [...Map.groupBy(runs, ({ connection }) => connection)].map(async ([connection, own]) => {
    const nested = await withNestedRuns(
      connection.tracking,
      own.map(({ run }) => run),
    );
    return nested.map((run) => ({ connection, run }));
  });
  return (await Promise.all(groups)).flat();
}

async function tellResult(message: string, missing: readonly string[], open: () => Promise<unknown>): Promise<void> {
  const why = missing.length > 0 ? ['Show What Is Missing'] : [];
  const answer = await window.showInformationMessage(message, 'Open Copy', ...why);
  if (answer === 'Open Copy') await open();
  else if (answer) await window.showTextDocument(await workspace.openTextDocument({ content: missing.join('\n') }));
}
