import path from 'node:path';
import { alreadyExists, doesNotExist, invalidParameter } from '../../entities/error.ts';
import type { Experiment, NewExperiment } from '../../entities/experiment.ts';
import { isVisible } from '../../entities/lifecycle.ts';
import {
  checkArtifactLocation,
  checkExperimentId,
  checkExperimentName,
  checkKey,
  checkNamesFit,
} from '../../entities/limits.ts';
import { isOutOfFiles, unlessBroken } from '../../files/missing.ts';
import { isFile } from '../../files/read.ts';
import { allOrNothing, discard, makeFolder, moveFolder, type OnFailure, remove } from '../../files/write.ts';
import { compileExperimentSearch } from '../../search/experiments.ts';
import { paginate } from '../../search/paging.ts';
import type { ExperimentStore } from '../store.ts';
import type { StoreContext } from './context.ts';
import { prepareExperiment, readExperiment, writeExperiment } from './experimentFile.ts';
import { newExperimentId } from './ids.ts';
import { writeKeyFile } from './keyFiles.ts';
import { artifactUri, DEFAULT_EXPERIMENT_ID, keyFile, metaFile, TAGS } from './layout.ts';
import { prepareRunInfo, readRunInfo, writeRunInfo } from './runFile.ts';

/** Experiments are created and renamed one after the other, since their names are unique. */
const NAMES = 'experiment names';
const PAGE = { default: 1_000, limit: 50_000 };

export function experimentStore(context: StoreContext): ExperimentStore {
  const { folder, feed, problems, turns } = context;

  const announce = (experimentId: string) => feed.announce({ kind: 'experiment', experimentId });

  async function readAll(): Promise<Experiment[]> {
    const all = await Promise.all(
      folder.experimentFolders().map(async (experimentFolder) => {
        const report = problems.reader(metaFile(experimentFolder), { experimentId: path.basename(experimentFolder) });
        try {
          return await readExperiment(experimentFolder);
        } catch (error) {
          // With some of them only, a name would be free that is not.
          if (isOutOfFiles(error)) throw error;
          report(metaFile(experimentFolder), error instanceof Error ? error.message : String(error));
          return undefined;
        }
      }),
    );
    return all.filter((experiment) => experiment !== undefined);
  }

  async function getExperiment(experimentId: string): Promise<Experiment> {
    const experiment = await unlessBroken(readExperiment(folder.experimentFolder(experimentId)));
    if (experiment) return experiment;
    throw doesNotExist(`Could not find experiment with ID ${experimentId}`);
  }

  async function getExperimentByName(name: string): Promise<Experiment | undefined> {
    return (await readAll()).find((experiment) => experiment.name === name);
  }

  async function checkNameIsFree(name: string): Promise<void> {
    const taken = await getExperimentByName(name);
    if (!taken) return;
    if (taken.lifecycleStage === 'active') throw alreadyExists(`Experiment '${name}' already exists.`);
    throw alreadyExists(
      `Experiment '${name}' already exists in deleted state. You can restore the experiment, or permanently delete the experiment from the .trash folder (under tracking server's root folder) in order to use this experiment name again.`,
    );
  }

  function changeActive(experimentId: string, change: (experiment: Experiment) => Experiment): Promise<void> {
    return turns.take(experimentId, async () => {
      const experiment = await getExperiment(experimentId);
      if (experiment.lifecycleStage !== 'active') {
        throw invalidParameter(`The experiment ${experimentId} must be in the 'active' lifecycle_stage to change it`);
      }
      writeExperiment(folder.activeFolder(experimentId), { ...change(experiment), lastUpdateTime: Date.now() });
      announce(experimentId);
    });
  }

  async function checkActive(experimentId: string): Promise<string> {
    const experiment = await getExperiment(experimentId);
    if (experiment.lifecycleStage !== 'active') {
      throw invalidParameter(`The experiment ${experimentId} must be in the 'active' lifecycle_stage to set tags`);
    }
    return folder.activeFolder(experimentId);
  }

  /**
   * Deletes or restores all runs of an experiment that goes into the trash or comes back. All new meta files are written
   * before the first of them is put into its place: a disk that becomes full must not stop it half-way.
   */
  async function moveRuns(experimentFolder: string, stage: Experiment['lifecycleStage'], onFailure: OnFailure) {
    const deletedTime = stage === 'deleted' ? Date.now() : undefined;
    const experimentId = path.basename(experimentFolder);
    const changes: (() => void)[] = [];
    for (const runFolder of folder.runFolders(experimentFolder)) {
      const before = await unlessBroken(readRunInfo(runFolder));
      if (!before || before.lifecycleStage === stage) continue;
      const prepared = prepareRunInfo(runFolder, { ...before, lifecycleStage: stage }, deletedTime);
      onFailure(() => prepared.discard());
      changes.push(() => {
        context.index.note(experimentId, before.runId);
        prepared.commit();
        onFailure(() => writeRunInfo(runFolder, before));
      });
    }
    for (const change of changes) change();
    context.runFolders.forget();
  }

  /** @returns how to undo it. */
  function move(from: string, to: string): () => void {
    const rename = (source: string, target: string) => {
      moveFolder(source, target);
      context.runFolders.forget();
    };
    rename(from, to);
    return () => rename(to, from);
  }

  return {
    getExperiment,
    getExperimentByName,

    async createExperiment(experiment: NewExperiment) {
      checkExperimentName(experiment.name);
      const tags = experiment.tags ?? new Map<string, string>();
      for (const key of tags.keys()) checkKey(key, 'key');
      checkNamesFit(tags.keys());
      return turns.take(NAMES, async () => {
        await checkNameIsFree(experiment.name);
        const experimentId = newExperimentId();
        await allOrNothing((onFailure) => {
          onFailure(() => discard(folder.activeFolder(experimentId)));
          createExperimentFolder(context, experimentId, experiment);
        });
        announce(experimentId);
        return experimentId;
      });
    },

    async searchExperiments({ filter, orderBy, maxResults, pageToken, viewType = 'ACTIVE_ONLY' }) {
      const { matches, compare } = compileExperimentSearch(filter, orderBy);
      const found = (await readAll()).filter(
        (experiment) => isVisible(experiment.lifecycleStage, viewType) && matches(experiment),
      );
      return paginate(found.sort(compare), maxResults, pageToken, PAGE);
    },

    async renameExperiment(experimentId, name) {
      checkExperimentName(name);
      return turns.take(NAMES, async () => {
        const experiment = await getExperiment(experimentId);
        if (experiment.name === name) return;
        await checkNameIsFree(name);
        await changeActive(experimentId, (before) => ({ ...before, name }));
      });
    },

    async deleteExperiment(experimentId) {
      checkExperimentId(experimentId);
      if (experimentId === DEFAULT_EXPERIMENT_ID) {
        throw invalidParameter("Cannot delete the default experiment '0'. This is an internally reserved experiment.");
      }
      return turns.take(experimentId, async () => {
        const experiment = await getExperiment(experimentId);
        if (experiment.lifecycleStage === 'deleted') {
          throw doesNotExist(`Could not find experiment with ID ${experimentId}`);
        }
        const [active, trash] = [folder.activeFolder(experimentId), folder.trashFolder(experimentId)];
        // The runs last, and first when they come back: a process that is killed between leaves what can be restored.
        const deleted = { ...experiment, lifecycleStage: 'deleted', lastUpdateTime: Date.now() } as const;
        await allOrNothing(async (onFailure) => {
          // Written beforehand, to be there also when the disk is full.
          const undo = prepareExperiment(active, experiment, folder.root);
          onFailure(() => undo.discard());
          writeExperiment(active, deleted);
          onFailure(() => undo.commit());
          onFailure(move(active, trash));
          await moveRuns(trash, 'deleted', onFailure);
          undo.discard();
        });
        announce(experimentId);
      });
    },

    async restoreExperiment(experimentId) {
      checkExperimentId(experimentId);
      return turns.take(experimentId, async () => {
        const found = folder.findExperimentFolder(experimentId);
        const experiment = found === undefined ? undefined : await unlessBroken(readExperiment(found));
        if (found === undefined || experiment?.lifecycleStage !== 'deleted') {
          throw doesNotExist(`Could not find deleted experiment with ID ${experimentId}`);
        }
        const active = folder.activeFolder(experimentId);
        const restored = { ...experiment, lifecycleStage: 'active', lastUpdateTime: Date.now() } as const;
        await allOrNothing(async (onFailure) => {
          const prepared = prepareExperiment(active, restored, folder.root);
          onFailure(() => prepared.discard());
          await moveRuns(found, 'active', onFailure);
          // A process that was killed while it deleted the experiment has left it in its old place.
          if (found !== active) onFailure(move(found, active));
          prepared.commit();
        });
        announce(experimentId);
      });
    },

    async setExperimentTag(experimentId, { key, value }) {
      checkKey(key, 'key');
      writeKeyFile(await checkActive(experimentId), TAGS, key, value);
      announce(experimentId);
    },

    async deleteExperimentTag(experimentId, key) {
      checkKey(key, 'key');
      const file = keyFile(await checkActive(experimentId), TAGS, key);
      if (!isFile(file)) throw doesNotExist(`No tag with name: ${key} in experiment with id ${experimentId}`);
      remove(file);
      announce(experimentId);
    },
  };
}

/** Makes the folder of a new experiment; the meta file comes last, since it makes the folder an experiment. */
export function createExperimentFolder(context: StoreContext, experimentId: string, experiment: NewExperiment): void {
  const experimentFolder = context.folder.activeFolder(experimentId);
  const location = experiment.artifactLocation;
  const now = Date.now();
  if (location) checkArtifactLocation(location);
  makeFolder(path.join(experimentFolder, TAGS));
  for (const [key, value] of experiment.tags ?? []) writeKeyFile(experimentFolder, TAGS, key, value);
  writeExperiment(experimentFolder, {
    experimentId,
    name: experiment.name,
    artifactLocation: location ? resolveLocation(location) : artifactUri(context.artifactRoot, experimentId),
    lifecycleStage: 'active',
    creationTime: now,
    lastUpdateTime: now,
    tags: new Map(),
  });
}

/** A relative path means the folder that the server was started in, as in MLflow. */
function resolveLocation(location: string): string {
  return /^[a-zA-Z][\w+.-]*:/.test(location) ? location : path.resolve(location);
}
