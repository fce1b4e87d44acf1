import { type DebugAdapterTracker, type DebugSession, Disposable, debug, type LogOutputChannel } from 'vscode';
import { DebugOutcome } from '../../runner/debug/debugOutcome.ts';
import { endDebugRun } from '../../runner/debug/endDebugRun.ts';
import type { Connections } from './connections.ts';

/** What a launch configuration carries, to find its run again. */
export interface DebuggedRun {
  readonly connectionId: string;
  readonly runId: string;
}

/** Under which a launch configuration carries it. */
export const DEBUGGED_RUN = 'mlflowRun';

/** Ends the runs of debugged entry points with their sessions: FINISHED, FAILED, or KILLED where the user stopped them. */
export function endDebuggedRuns(connections: Connections, log: LogOutputChannel): Disposable {
  const outcomes = new Map<string, DebugOutcome>();

  function createDebugAdapterTracker(session: DebugSession): DebugAdapterTracker | undefined {
    if (!runOf(session)) return undefined;
    const outcome = new DebugOutcome();
    outcomes.set(session.id, outcome);
    return {
      onWillReceiveMessage: (message) => outcome.asked(message),
      onDidSendMessage: (message) => outcome.told(message),
    };
  }

  async function end(session: DebugSession): Promise<void> {
    const run = runOf(session);
    const status = outcomes.get(session.id)?.status ?? 'FAILED';
    outcomes.delete(session.id);
    const tracking = run && connections.get(run.connectionId)?.tracking;
    if (tracking) await endDebugRun(tracking, run.runId, status);
  }

  return Disposable.from(
    debug.registerDebugAdapterTrackerFactory('*', { createDebugAdapterTracker }),
    debug.onDidTerminateDebugSession((session) => {
      end(session).catch((error) => log.error(`The debugged run was not ended: ${error}`));
    }),
  );
}

/** Sessions of processes that the program starts carry the configuration, too; the program's own is the one without a parent. */
function runOf({ configuration, parentSession }: DebugSession): DebuggedRun | undefined {
  const run: unknown = configuration[DEBUGGED_RUN];
  const isRun = typeof run === 'object' && run !== null && 'connectionId' in run && 'runId' in run;
  return isRun && !parentSession ? (run as DebuggedRun) : undefined;
}
