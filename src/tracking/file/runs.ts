import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { doesNotExist, invalidParameter, MlflowError } from '../../entities/error.ts';
import { isVisible } from '../../entities/lifecycle.ts';
import { checkKey, checkNamesFit, truncateTag } from '../../entities/limits.ts';
import type { NewRun, Run, RunInfo } from '../../entities/run.ts';
import { paginate } from '../../search/paging.ts';
import { compileRunSearch } from '../../search/runs.ts';
import type { RunStore } from '../store.ts';
import type { StoreContext } from './context.ts';
import { readExperiment } from './experimentFile.ts';
import { newRunId } from './ids.ts';
import { writeKeyFile } from './keyFiles.ts';
import { ARTIFACTS, artifactUri, metaFile, TAGS } from './layout.ts';
import { randomName } from './randomName.ts';
import { createRunFolder, readRun, readRunInfo, writeRunInfo } from './runFile.ts';

const PAGE = { default: 1_000, limit: 50_000 };
const RUN_NAME_TAG = 'mlflow.runName';
/** Reading gives way to other requests after so many runs. */
const RUNS_AT_A_TIME = 20;

export type RunLifeStore = Pick<
  RunStore,
  'createRun' | 'getRun' | 'searchRuns' | 'updateRun' | 'deleteRun' | 'restoreRun'
>;

export function runLifeStore(context: StoreContext): RunLifeStore {
  const { folder, feed, turns } = context;

  const announce = ({ experimentId, runId }: RunInfo) => feed.announce({ kind: 'run', experimentId, runId });

  async function readAll(experimentId: string): Promise<Run[]> {
    const found: Run[] = [];
    const runFolders = folder.runFolders(experimentFolderOrNone(experimentId));
    for (const [at, runFolder] of runFolders.entries()) {
      if (at % RUNS_AT_A_TIME === RUNS_AT_A_TIME - 1) await nextTurn();
      const run = await readReported(context, runFolder);
      if (run) found.push(run);
    }
    return found;
  }

  function experimentFolderOrNone(experimentId: string): string {
    try {
      return folder.experimentFolder(experimentId);
    } catch (error) {
      if (error instanceof MlflowError && error.code === 'RESOURCE_DOES_NOT_EXIST') return '';
      throw error;
    }
  }

  function changeInfo(runId: string, change: (info: RunInfo) => RunInfo, deletedTime?: number): Promise<RunInfo> {
    return turns.take(runId, async () => {
      const info = change(await getInfo(context, runId));
      writeRunInfo(folder.runFolder(runId), info, deletedTime);
      announce(info);
      return info;
    });
  }

  return {
    async createRun(run) {
      const experimentFolder = folder.experimentFolder(run.experimentId);
      const experiment = await readExperiment(experimentFolder).catch(() => undefined);
      if (experiment?.lifecycleStage !== 'active') {
        throw invalidParameter(`Could not create run under non-active experiment with ID ${run.experimentId}.`);
      }
      const tags = new Map([...runTags(run)].map(([key, value]) => [key, truncateTag({ key, value }).value]));
      checkNamesFit(tags.keys());
      const runId = newRunId();
      const runFolder = path.join(experimentFolder, runId);
      const info: RunInfo = {
        runId,
        runName: tags.get(RUN_NAME_TAG) ?? '',
        experimentId: run.experimentId,
        userId: run.userId ?? '',
        status: 'RUNNING',
        startTime: run.startTime,
        endTime: undefined,
        artifactUri: artifactUri(experiment.artifactLocation, runId, ARTIFACTS),
        lifecycleStage: 'active',
      };
      createRunFolder(runFolder, info);
      for (const [key, value] of tags) writeKeyFile(runFolder, TAGS, key, value);
      announce(info);
      return {
        info,
        data: { metrics: new Map(), params: new Map(), tags },
        datasetInputs: [],
        modelInputs: [],
        modelOutputs: [],
      };
    },

    async getRun(runId) {
      const runFolder = folder.runFolder(runId);
      const run = await readReported(context, runFolder);
      if (!run) throw doesNotExist(`Run '${runId}' not found`);
      return run;
    },

    async searchRuns({ experimentIds, filter, orderBy, maxResults, pageToken, viewType = 'ACTIVE_ONLY' }) {
      const { matches, compare } = compileRunSearch(filter, orderBy);
      const runs: Run[] = [];
      for (const experimentId of new Set(experimentIds)) {
        const all = await readAll(experimentId);
        runs.push(...all.filter((run) => isVisible(run.info.lifecycleStage, viewType) && matches(run)));
      }
      return paginate(runs.sort(compare), maxResults, pageToken, PAGE);
    },

    async updateRun(runId, update) {
      const info = await changeInfo(runId, (before) => {
        checkActive(before);
        return {
          ...before,
          status: update.status ?? before.status,
          endTime: update.endTime ?? before.endTime,
          runName: update.runName || before.runName,
        };
      });
      if (update.runName) writeKeyFile(folder.runFolder(runId), TAGS, RUN_NAME_TAG, update.runName);
      return info;
    },

    async deleteRun(runId) {
      await changeInfo(runId, (info) => ({ ...info, lifecycleStage: 'deleted' }), Date.now());
    },

    async restoreRun(runId) {
      await changeInfo(runId, (info) => ({ ...info, lifecycleStage: 'active' }));
    },
  };
}

/** Reads a run's folder; what cannot be read goes to the store's problems. */
async function readReported({ problems }: StoreContext, runFolder: string): Promise<Run | undefined> {
  const owner = { experimentId: path.basename(path.dirname(runFolder)), runId: path.basename(runFolder) };
  const report = problems.reader(runFolder, owner);
  try {
    return await readRun(runFolder, report);
  } catch (error) {
    report(metaFile(runFolder), error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** @throws RESOURCE_DOES_NOT_EXIST, also where the run's meta file cannot be read. */
export async function getInfo({ folder }: StoreContext, runId: string): Promise<RunInfo> {
  const info = await readRunInfo(folder.runFolder(runId)).catch(() => undefined);
  if (!info) throw doesNotExist(`Run '${runId}' not found`);
  return info;
}

export function checkActive(info: RunInfo): void {
  if (info.lifecycleStage === 'active') return;
  throw invalidParameter(`The run ${info.runId} must be in 'active' lifecycle_stage.`);
}

/** The tags of a new run, with its name among them. */
function runTags({ runName, tags = new Map() }: NewRun): Map<string, string> {
  const tagged = tags.get(RUN_NAME_TAG);
  if (runName && tagged && runName !== tagged) {
    throw invalidParameter(
      `Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='${runName}', mlflow.runName='${tagged}').`,
    );
  }
  for (const key of tags.keys()) checkKey(key, 'key');
  return new Map([...tags, [RUN_NAME_TAG, runName || tagged || randomName()]]);
}
