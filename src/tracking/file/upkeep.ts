import fs from 'node:fs';
import path from 'node:path';
import type { Purged, RunUsage } from '../../entities/diskUsage.ts';
import { doesNotExist, invalidParameter } from '../../entities/error.ts';
import { checkExperimentId } from '../../entities/limits.ts';
import { entrySizes } from '../../files/entrySizes.ts';
import { unlessBroken, unlessMissing } from '../../files/missing.ts';
import { isFile } from '../../files/read.ts';
import type { UpkeepStore } from '../store.ts';
import { placesOfExperiment, placesOfRun } from './artifactPlaces.ts';
import type { StoreContext } from './context.ts';
import { readExperimentInfo } from './experimentFile.ts';
import { type Grave, Graveyard } from './graveyard.ts';
import { metaFile } from './layout.ts';
import type { ArtifactHomes, ArtifactPlace } from './ownArtifacts.ts';
import { withPatience } from './patience.ts';
import { noteRun } from './runs.ts';
import { Slices } from './slices.ts';

/** ms that one waits for the removal of what may be terabytes. */
const PATIENCE = 60_000;

export function upkeepStore(context: StoreContext, homes: ArtifactHomes): UpkeepStore {
  const { folder, feed, runFolders, turns } = context;
  const graveyard = new Graveyard(folder.root);

  async function measureRun(runFolder: string, slices: Slices): Promise<RunUsage> {
    const folders = [runFolder, ...ownFolders(await placesOfRun(homes, runFolder))];
    return { runId: path.basename(runFolder), bytes: await sizeOf(folders, slices) };
  }

  return {
    async measureRuns(runIds) {
      const slices = new Slices();
      const runs: RunUsage[] = [];
      for (const runId of runIds) runs.push(await measureRun(folder.runFolder(runId), slices));
      return runs;
    },

    async measureExperiment(experimentId) {
      const experimentFolder = folder.experimentFolder(experimentId);
      const slices = new Slices();
      const runs: RunUsage[] = [];
      for (const runId of folder.runNames(experimentFolder)) {
        // Others come and go meanwhile, and not all that looks like a run is one.
        const runFolder = path.join(experimentFolder, runId);
        if (isFile(metaFile(runFolder))) runs.push(await measureRun(runFolder, slices));
      }
      // What was measured with a run is not walked through again.
      const known = new Set(runs.map(({ runId }) => runId));
      const rest = [experimentFolder, ...ownFolders(await placesOfExperiment(homes, folder, experimentFolder))];
      const bytes = await sizeOf(rest, slices, (name) => known.has(name));
      return { bytes: bytes + runs.reduce((sum, run) => sum + run.bytes, 0), runs };
    },

    purgeRun(runId) {
      const work = async () => {
        const places = await placesOfRun(homes, folder.runFolder(runId));
        const grave = await runFolders.use(runId, ({ folder: runFolder, info }) => {
          if (info.lifecycleStage !== 'deleted') {
            throw invalidParameter(`The run ${runId} must be in 'deleted' lifecycle_stage.`);
          }
          const buried = graveyard.bury('run', runFolder);
          runFolders.forget();
          noteRun(context, runFolder);
          return buried;
        });
        return clearPatiently(graveyard, grave, places);
      };
      return turns.take(runId, work);
    },

    async purgeExperiment(experimentId) {
      checkExperimentId(experimentId);
      return turns.take(experimentId, async () => {
        const found = folder.findExperimentFolder(experimentId);
        const experiment = found === undefined ? undefined : await unlessBroken(readExperimentInfo(found));
        if (found === undefined || experiment === undefined) {
          throw doesNotExist(`Could not find experiment with ID ${experimentId}`);
        }
        if (experiment.lifecycleStage !== 'deleted') {
          throw invalidParameter(`The experiment ${experimentId} must be in the 'deleted' lifecycle_stage.`);
        }
        const places = await placesOfExperiment(homes, folder, found);
        const grave = graveyard.bury('experiment', found);
        runFolders.forget();
        feed.announce({ kind: 'experiment', experimentId });
        return clearPatiently(graveyard, grave, places);
      });
    },
  };
}

/** Removes what was taken out of a store by a process that was killed before it had removed it. */
export async function finishPurges({ folder }: StoreContext, homes: ArtifactHomes): Promise<void> {
  const graveyard = new Graveyard(folder.root);
  for (const grave of graveyard.graves()) {
    const isRun = grave.kind === 'run';
    const places = isRun
      ? await placesOfRun(homes, grave.folder)
      : await placesOfExperiment(homes, folder, grave.folder);
    await clear(graveyard, grave, places);
  }
}

/** Answers before a client gives up: what was taken out of the store is removed in any case, now or at the next start. */
function clearPatiently(graveyard: Graveyard, grave: Grave, places: readonly ArtifactPlace[]): Promise<Purged> {
  return withPatience(clear(graveyard, grave, places), PATIENCE, { leftBehind: elsewhere(places) });
}

/** The artifacts first: where they lie is told in the folder. */
async function clear(graveyard: Graveyard, grave: Grave, places: readonly ArtifactPlace[]): Promise<Purged> {
  const leftBehind = elsewhere(places);
  for (const folder of ownFolders(places)) {
    await fs.promises.rm(folder, { recursive: true, force: true }).catch(() => leftBehind.push(folder));
  }
  leftBehind.push(...linkTargets(grave.folder));
  await graveyard.clear(grave).catch(() => leftBehind.push(grave.folder));
  return { leftBehind };
}

/** Where a folder really lies that is a link. */
function linkTargets(folder: string): readonly string[] {
  const isLink = fs.lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  const target = isLink ? unlessMissing(() => fs.realpathSync(folder)) : undefined;
  return target === undefined ? [] : [target];
}

function elsewhere(places: readonly ArtifactPlace[]): string[] {
  return places.flatMap((place) => (place.kind === 'elsewhere' ? place.uri : []));
}

function ownFolders(places: readonly ArtifactPlace[]): readonly string[] {
  return places.flatMap((place) => (place.kind === 'own' ? place.folder : []));
}

/** @param isKnown of the folders in these folders, by their names: they are left out */
async function sizeOf(
  folders: readonly string[],
  slices: Slices,
  isKnown: (name: string) => boolean = () => false,
): Promise<number> {
  let bytes = 0;
  for (const folder of folders) {
    for (const size of entrySizes(folder, isKnown)) {
      bytes += size;
      if (slices.isOver) await slices.giveWay();
    }
  }
  return bytes;
}
