import fs from 'node:fs';
import type { Change, Subscription } from '../../entities/change.ts';
import { ChangeFeed } from '../../entities/changeFeed.ts';
import { isFolder } from '../../files/read.ts';
import { Turns } from '../../files/turns.ts';
import { makeFolder } from '../../files/write.ts';
import type { RegistryStore } from '../store.ts';
import { modelVersionStore } from './modelVersions.ts';
import { registeredModelStore } from './registeredModels.ts';
import { RegistryFolder } from './registryFolder.ts';
import type { ModelLookup } from './source.ts';

export interface FileRegistryStoreOptions {
  /** The store's folder, as a rule the tracking store's, too; models lie in `models/` below it. */
  readonly root: string;
  readonly lookup: ModelLookup;
  /** Writes nothing by itself; the folder must exist. */
  readonly isReadOnly?: boolean | undefined;
}

export type FileRegistryStore = RegistryStore & {
  onDidChange(listener: (changes: readonly Change[]) => void): Subscription;
};

/** Opens the registry in MLflow's file layout, as MLflow 2.x and 3.x read and write it. */
export async function openFileRegistryStore({
  root,
  lookup,
  isReadOnly,
}: FileRegistryStoreOptions): Promise<FileRegistryStore> {
  if (!isReadOnly && !isFolder(root)) makeFolder(root);
  const feed = new ChangeFeed();
  const registry = new RegistryFolder(fs.realpathSync(root), new Turns(), feed, isReadOnly);
  const versions = modelVersionStore(registry, lookup);
  return {
    ...registeredModelStore(registry, versions.getModelVersion),
    ...versions,
    onDidChange: (listener) => feed.onDidChange(listener),
  };
}
