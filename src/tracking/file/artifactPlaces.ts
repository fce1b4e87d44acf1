import path from 'node:path';
import { unlessBroken } from '../../files/missing.ts';
import { readExperimentInfo } from './experimentFile.ts';
import { readLoggedModel } from './loggedModelFile.ts';
import { type ArtifactHomes, type ArtifactPlace, artifactPlace, isBelow } from './ownArtifacts.ts';
import { readRunInfo } from './runFile.ts';
import { Slices } from './slices.ts';
import type { StoreFolder } from './storeFolder.ts';

/** Where the artifacts of a run lie, if outside of its folder. */
export async function placesOfRun(homes: ArtifactHomes, runFolder: string): Promise<readonly ArtifactPlace[]> {
  const info = await unlessBroken(readRunInfo(runFolder));
  return info ? outside(runFolder, [artifactPlace(homes, info.artifactUri, info.runId)]) : [];
}

/** Where the artifacts of an experiment, its runs and its models lie, if outside of its folder. */
export async function placesOfExperiment(
  homes: ArtifactHomes,
  store: StoreFolder,
  folder: string,
): Promise<readonly ArtifactPlace[]> {
  const places: (ArtifactPlace | undefined)[] = [];
  const slices = new Slices();
  const experiment = await unlessBroken(readExperimentInfo(folder));
  if (experiment) places.push(artifactPlace(homes, experiment.artifactLocation, experiment.experimentId));
  for (const runFolder of store.runFolders(folder)) {
    if (slices.isOver) await slices.giveWay();
    places.push(...(await placesOfRun(homes, runFolder)));
  }
  for (const modelFolder of store.modelFolders(folder)) {
    if (slices.isOver) await slices.giveWay();
    const model = await unlessBroken(readLoggedModel(modelFolder));
    // What a model says of its own id is not what its folder is called by.
    if (model) places.push(artifactPlace(homes, model.artifactUri, path.basename(modelFolder)));
  }
  return outside(folder, places);
}

/** Without those that go with the folder, or with another of them. */
function outside(folder: string, places: readonly (ArtifactPlace | undefined)[]): readonly ArtifactPlace[] {
  const known = new Set<string>();
  return places.filter((place): place is ArtifactPlace => {
    if (place === undefined) return false;
    if (place.kind === 'own' && (place.folder === folder || isBelow(folder, place.folder))) return false;
    if (isWithin(known, place)) return false;
    known.add(place.kind === 'own' ? place.folder : place.uri);
    return true;
  });
}

/** Whether one of the known places holds it: the experiment's comes first. */
function isWithin(known: ReadonlySet<string>, place: ArtifactPlace): boolean {
  const text = place.kind === 'own' ? place.folder : place.uri;
  const parts = text.split(/([\\/])/);
  return parts.some((_, at) => at % 2 === 0 && known.has(parts.slice(0, at + 1).join('')));
}
