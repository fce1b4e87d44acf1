import type { Purged, RunUsage } from '../entities/diskUsage.ts';
import type { JsonObject } from '../entities/jsonText.ts';
import type { MessageHandler } from './route.ts';

/** What runs take on the disk. */
export const measureRuns: MessageHandler = async ({ tracking }, message) => ({
  runs: (await tracking.measureRuns(message.requiredTexts('run_ids'))).map(usageJson),
});

export const measureExperiment: MessageHandler = async ({ tracking }, message) => {
  const { bytes, runs } = await tracking.measureExperiment(message.text('experiment_id'));
  return { bytes, runs: runs.map(usageJson) };
};

export const purgeRun: MessageHandler = async ({ tracking }, message) =>
  purgedJson(await tracking.purgeRun(message.runId()));

export const purgeExperiment: MessageHandler = async ({ tracking }, message) =>
  purgedJson(await tracking.purgeExperiment(message.text('experiment_id')));

function usageJson({ runId, bytes }: RunUsage): JsonObject {
  return { run_id: runId, bytes };
}

function purgedJson({ leftBehind }: Purged): JsonObject {
  return { left_behind: leftBehind };
}
