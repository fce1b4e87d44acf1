import path from 'node:path';
import { doesNotExist, invalidParameter } from '../../entities/error.ts';
import { checkExperimentId, checkKey, checkNamesFit, truncateTag } from '../../entities/limits.ts';
import type { NewRun, Run, RunInfo } from '../../entities/run.ts';
import { unlessBroken } from '../../files/missing.ts';
import { allOrNothing, discard } from '../../files/write.ts';
import { pageBounds, pageOf } from '../../search/paging.ts';
import { compileRunSearch } from '../../search/runs.ts';
import type { RunSearch, RunStore, StoreInsight } from '../store.ts';
import type { StoreContext } from './context.ts';
import { readExperimentInfo } from './experimentFile.ts';
import { newRunId } from './ids.ts';
import { writeKeyFile } from './keyFiles.ts';
import { ARTIFACTS, artifactUri, TAGS } from './layout.ts';
import { randomName } from './randomName.ts';
import { createRunFolder } from './runFile.ts';
import type { RunFolder } from './runFolders.ts';
import { RunReader, readPatiently } from './runReader.ts';

const PAGE = { default: 1_000, limit: 50_000 };
const RUN_NAME_TAG = 'mlflow.runName';

export type RunLifeStore = Pick<
  RunStore,
  'createRun' | 'getRun' | 'searchRuns' | 'updateRun' | 'deleteRun' | 'restoreRun'
>;

export function runLifeStore(context: StoreContext): RunLifeStore & Pick<StoreInsight, 'searchKnownRuns'> {
  const { folder, index, runFolders, turns } = context;

  function changeInfo(
    runId: string,
    change: (info: RunInfo) => RunInfo,
    { deletedTime, nameTag }: { readonly deletedTime?: number; readonly nameTag?: string | undefined } = {},
  ): Promise<RunInfo> {
    const work = ({ folder: runFolder, info: before }: RunFolder) =>
      allOrNothing((onFailure) => {
        const info = change(before);
        onFailure(() => noteRun(context, runFolder));
        runFolders.write(runFolder, info, deletedTime);
        onFailure(() => runFolders.write(runFolder, before));
        if (nameTag) writeKeyFile(runFolder, TAGS, RUN_NAME_TAG, nameTag);
        noteRun(context, runFolder);
        return info;
      });
    return turns.take(runId, () => runFolders.use(runId, work));
  }

  return {
    async createRun(run) {
      const experimentFolder = folder.experimentFolder(run.experimentId);
      const experiment = await unlessBroken(readExperimentInfo(experimentFolder));
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
        // MLflow's file store fails at every run of an experiment in which one has none.
        startTime: run.startTime ?? Date.now(),
        endTime: undefined,
        artifactUri: artifactUri(experiment.artifactLocation, runId, ARTIFACTS),
        lifecycleStage: 'active',
      };
      await allOrNothing((onFailure) => {
        onFailure(() => discard(runFolder));
        createRunFolder(runFolder, info, tags);
      });
      noteRun(context, runFolder);
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

    async searchRuns(search) {
      const { selection, offset } = select(search);
      const { runs, total } = await index.search(selection);
      return pageOf(runs, offset, total);
    },

    async searchKnownRuns(search) {
      const { selection, offset } = select(search);
      const { runs, total, reading } = await index.searchKnown(selection);
      return { ...pageOf(runs, offset, total), total, reading };
    },

    async updateRun(runId, update) {
      const change = (before: RunInfo): RunInfo => {
        checkActive(before);
        return {
          ...before,
          status: update.status ?? before.status,
          endTime: update.endTime ?? before.endTime,
          runName: update.runName || before.runName,
        };
      };
      return changeInfo(runId, change, { nameTag: update.runName });
    },

    async deleteRun(runId) {
      await changeInfo(runId, (info) => ({ ...info, lifecycleStage: 'deleted' }), { deletedTime: Date.now() });
    },

    async restoreRun(runId) {
      await changeInfo(runId, (info) => ({ ...info, lifecycleStage: 'active' }));
    },
  };
}

/** @throws INVALID_PARAMETER_VALUE for a search that is none. */
function select({ experimentIds, filter, orderBy, maxResults, pageToken, viewType = 'ACTIVE_ONLY' }: RunSearch) {
  const query = compileRunSearch(filter, orderBy);
  const bounds = pageBounds(maxResults, pageToken, PAGE);
  for (const experimentId of experimentIds) checkExperimentId(experimentId);
  const selection = { experimentIds: [...new Set(experimentIds)], viewType, query, ...bounds };
  return { selection, offset: bounds.offset };
}

/** A run was written: the index reads it again, and who listens is told. */
export function noteRun({ index, feed }: StoreContext, runFolder: string): void {
  const [experimentId, runId] = [path.basename(path.dirname(runFolder)), path.basename(runFolder)];
  index.note(experimentId, runId);
  feed.announce({ kind: 'run', experimentId, runId });
}

const reader = new RunReader();

/** Reads a run's folder; what cannot be read goes to the store's problems. @throws the system's error for its meta file */
async function readReported({ problems }: StoreContext, runFolder: string): Promise<Run | undefined> {
  const { run, problems: found, refusal } = await readPatiently(reader, runFolder);
  problems.setRun(path.basename(path.dirname(runFolder)), path.basename(runFolder), found);
  if (refusal) throw refusal;
  return run;
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
