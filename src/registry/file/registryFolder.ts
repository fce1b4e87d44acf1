import path from 'node:path';
import type { ChangeFeed } from '../../entities/changeFeed.ts';
import { doesNotExist } from '../../entities/error.ts';
import { unlessBroken } from '../../files/missing.ts';
import { isTemporary, readFolder, readSubfolders, stat } from '../../files/read.ts';
import type { Turns } from '../../files/turns.ts';
import { allOrNothing, discard, type OnFailure } from '../../files/write.ts';
import { modelsFolder } from './layout.ts';
import { type ModelRecord, prepareModel, readModel } from './modelFile.ts';
import { checkModelName } from './names.ts';

/** The models of a registry: where they are, and changes of them one after the other. */
export class RegistryFolder {
  readonly #root: string;
  readonly #turns: Turns;
  readonly #feed: ChangeFeed;
  readonly #isReadOnly: boolean;

  constructor(root: string, turns: Turns, feed: ChangeFeed, isReadOnly = false) {
    this.#root = modelsFolder(root);
    this.#turns = turns;
    this.#feed = feed;
    this.#isReadOnly = isReadOnly;
  }

  folderOf(name: string): string {
    checkModelName(name);
    return path.join(this.#root, name);
  }

  async find(name: string): Promise<ModelRecord | undefined> {
    return unlessBroken(readModel(this.folderOf(name)));
  }

  /** @throws RESOURCE_DOES_NOT_EXIST */
  async get(name: string): Promise<ModelRecord> {
    const model = await this.find(name);
    if (!model) throw doesNotExist(`Registered Model with name=${name} not found`);
    return model;
  }

  /** All models that can be read. */
  async all(): Promise<ModelRecord[]> {
    const folders = readSubfolders(this.#root).map((name) => path.join(this.#root, name));
    const models = await Promise.all(folders.map((folder) => this.#read(folder).catch(() => undefined)));
    return models.filter((model) => model !== undefined);
  }

  async #read(folder: string): Promise<ModelRecord | undefined> {
    const model = isTemporary(path.basename(folder)) ? undefined : await readModel(folder);
    if (!model && !this.#isReadOnly && isLeftover(folder)) discard(folder);
    return model;
  }

  /** Work on the names of models, which are unique. */
  takeTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.take('names', work);
  }

  /** Works on a model, all or nothing; what it says of itself and its time of change are written and told afterwards. */
  change<T>(
    name: string,
    work: (modelFolder: string, model: ModelRecord, onFailure: OnFailure) => T | Promise<T>,
    changes: Partial<ModelRecord> = {},
  ): Promise<T> {
    const change = () =>
      allOrNothing(async (onFailure) => {
        const model = await this.get(name);
        const modelFolder = this.folderOf(name);
        const prepared = prepareModel(modelFolder, { ...model, ...changes, lastUpdatedTimestamp: Date.now() });
        onFailure(() => prepared.discard());
        const result = await work(modelFolder, model, onFailure);
        prepared.commit();
        this.announce(name);
        return result;
      });
    return this.#turns.take(`model ${name}`, change);
  }

  announce(name: string): void {
    this.#feed.announce({ kind: 'registeredModel', name });
  }
}

/** ms that a model may be in the making. */
const MAKING = 2_000;

/**
 * What a process that was killed left of a model that it made or removed: MLflow's own reader fails at it. Nothing is in
 * it that anybody could miss.
 */
function isLeftover(folder: string): boolean {
  const isOld = Date.now() - (stat(folder)?.mtimeMs ?? Number.NaN) > MAKING;
  return isOld && (isTemporary(path.basename(folder)) || readFolder(folder).every(({ name }) => isTemporary(name)));
}
