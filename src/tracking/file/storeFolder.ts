import path from 'node:path';
import { doesNotExist } from '../../entities/error.ts';
import { checkExperimentId, checkModelId, checkRunId, checkTraceId } from '../../entities/limits.ts';
import { isFile, isFolder, isTemporary, readSubfolders } from '../../files/read.ts';
import {
  isExperimentFolder,
  isRunFolder,
  METRICS,
  MODELS,
  metaFile,
  PARAMS,
  TRACES,
  TRASH,
  traceInfoFile,
} from './layout.ts';

/** Finds experiments, runs and models in a store's folder. What it remembers it verifies before it answers. */
export class StoreFolder {
  readonly root: string;
  readonly #runFolders = new Map<string, string>();
  readonly #modelFolders = new Map<string, string>();
  readonly #traceFolders = new Map<string, string>();

  constructor(root: string) {
    this.root = root;
  }

  /** Where an active experiment lies or will lie. */
  activeFolder(experimentId: string): string {
    return path.join(this.root, experimentId);
  }

  /** Where a deleted experiment lies or will lie. */
  trashFolder(experimentId: string): string {
    return path.join(this.root, TRASH, experimentId);
  }

  /** The folders of all experiments, deleted ones last. */
  experimentFolders(): string[] {
    const trash = path.join(this.root, TRASH);
    return [this.root, trash].flatMap((parent) =>
      readSubfolders(parent)
        .filter(isExperimentFolder)
        .map((name) => path.join(parent, name)),
    );
  }

  /** The folder of an active or deleted experiment; `undefined` where there is none. */
  findExperimentFolder(experimentId: string): string | undefined {
    checkExperimentId(experimentId);
    const folders = [this.activeFolder(experimentId), this.trashFolder(experimentId)];
    return isExperimentFolder(experimentId) ? folders.find((folder) => isFile(metaFile(folder))) : undefined;
  }

  /** @throws RESOURCE_DOES_NOT_EXIST */
  experimentFolder(experimentId: string): string {
    const found = this.findExperimentFolder(experimentId);
    if (!found) throw doesNotExist(`Could not find experiment with ID ${experimentId}`);
    return found;
  }

  /** The names of the folders of an experiment that look like runs: the runs' ids. @param names of all its folders */
  runNames(experimentFolder: string, names: readonly string[] = readSubfolders(experimentFolder)): string[] {
    return names.filter(isRunFolder);
  }

  /** The folders of an experiment that look like runs. */
  runFolders(experimentFolder: string): string[] {
    return this.runNames(experimentFolder).map((name) => path.join(experimentFolder, name));
  }

  /** @throws RESOURCE_DOES_NOT_EXIST */
  runFolder(runId: string): string {
    checkRunId(runId);
    const found =
      isRunFolder(runId) && this.#find(this.#runFolders, runId, (experiment) => path.join(experiment, runId));
    // The parts that a run's folder must have keep an uploaded artifact from passing for a run (ZDI-CAN-26649).
    if (!found || !isFolder(path.join(found, METRICS)) || !isFolder(path.join(found, PARAMS))) {
      throw doesNotExist(`Run '${runId}' not found`);
    }
    return found;
  }

  /** The folders of the logged models of an experiment. */
  modelFolders(experimentFolder: string): string[] {
    const parent = path.join(experimentFolder, MODELS);
    return readSubfolders(parent).map((name) => path.join(parent, name));
  }

  /** @throws RESOURCE_DOES_NOT_EXIST */
  modelFolder(modelId: string): string {
    checkModelId(modelId);
    const found = this.#find(this.#modelFolders, modelId, (experiment) => path.join(experiment, MODELS, modelId));
    if (!found) throw doesNotExist(`Model '${modelId}' not found`);
    return found;
  }

  /** The folders of the traces of an experiment. */
  traceFolders(experimentFolder: string): string[] {
    const parent = path.join(experimentFolder, TRACES);
    return readSubfolders(parent)
      .filter((name) => !isTemporary(name))
      .map((name) => path.join(parent, name));
  }

  /** @throws RESOURCE_DOES_NOT_EXIST */
  traceFolder(traceId: string): string {
    checkTraceId(traceId);
    const found = this.#find(
      this.#traceFolders,
      traceId,
      (experiment) => path.join(experiment, TRACES, traceId),
      traceInfoFile,
    );
    if (!found) throw doesNotExist(`Trace with ID '${traceId}' not found`);
    return found;
  }

  #find(
    known: Map<string, string>,
    id: string,
    place: (experimentFolder: string) => string,
    fileOf: (folder: string) => string = metaFile,
  ): string | undefined {
    const remembered = known.get(id);
    if (remembered && isFile(fileOf(remembered))) return remembered;
    const found = this.experimentFolders()
      .map(place)
      .find((folder) => isFile(fileOf(folder)));
    if (found) known.set(id, found);
    else known.delete(id);
    return found;
  }
}
