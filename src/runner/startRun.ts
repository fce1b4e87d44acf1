import type { Run } from '../entities/run.ts';
import type { TrackingStore } from '../tracking/store.ts';
import { type ExperimentChoice, resolveExperiment } from './experiment.ts';
import { userName } from './runTags.ts';

/** Params that servers take at once. */
const BATCH = 100;

export interface RunStart {
  readonly experiment: ExperimentChoice;
  readonly runName: string | undefined;
  /** A run that is there already, with its params. */
  readonly runId: string | undefined;
  /** Where the run comes from. */
  readonly sourceTags: ReadonlyMap<string, string>;
  /** What it is run in. */
  readonly environmentTags: ReadonlyMap<string, string>;
  readonly params: ReadonlyMap<string, string>;
}

/** Makes the run with all that is known beforehand, or continues one. */
export async function startRun(tracking: TrackingStore, start: RunStart): Promise<Run> {
  const { runId, runName, sourceTags, environmentTags } = start;
  if (runId !== undefined) return continueRun(tracking, runId, start);
  const run = await tracking.createRun({
    experimentId: await resolveExperiment(tracking, start.experiment),
    userId: userName(),
    runName,
    startTime: Date.now(),
    tags: new Map([...sourceTags, ...environmentTags]),
  });
  await logParams(tracking, run.info.runId, start.params);
  return run;
}

async function continueRun(tracking: TrackingStore, runId: string, start: RunStart): Promise<Run> {
  const run = await tracking.getRun(runId);
  const tags = [...start.environmentTags].map(([key, value]) => ({ key, value }));
  await tracking.logBatch(runId, { tags });
  if (start.runName !== undefined) await tracking.updateRun(runId, { runName: start.runName });
  return run;
}

/** A run whose params cannot be logged does not stay RUNNING. */
async function logParams(tracking: TrackingStore, runId: string, params: ReadonlyMap<string, string>): Promise<void> {
  const list = [...params].map(([key, value]) => ({ key, value }));
  try {
    for (let at = 0; at < list.length; at += BATCH) {
      await tracking.logBatch(runId, { params: list.slice(at, at + BATCH) });
    }
  } catch (error) {
    await tracking.updateRun(runId, { status: 'FAILED', endTime: Date.now() });
    throw error;
  }
}
