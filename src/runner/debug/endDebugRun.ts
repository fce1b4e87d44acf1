import type { RunStatus } from '../../entities/run.ts';
import type { TrackingStore } from '../../tracking/store.ts';

/** Ends the run, unless the program has done so by itself. */
export async function endDebugRun(tracking: TrackingStore, runId: string, status: RunStatus): Promise<void> {
  const { info } = await tracking.getRun(runId);
  if (info.status === 'RUNNING') await tracking.updateRun(runId, { status, endTime: Date.now() });
}
