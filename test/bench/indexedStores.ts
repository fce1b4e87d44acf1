import fs from 'node:fs';
import path from 'node:path';
import { storeFile } from '../../src/embedded/cacheFolder.ts';
import { type FileTrackingStore, openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { searchRuns } from './operations.ts';
import type { ServerPlace } from './serverProcess.ts';
import { type GeneratedStore, generatedStore, type StoreSizes } from './stores.ts';
import { timeToAnswer } from './timeToAnswer.ts';

/** A generated store, and where the index of it is. */
export interface IndexedStore extends GeneratedStore {
  readonly place: ServerPlace;
}

/** Makes indexes of stores when they are asked for. */
export class IndexedStores {
  readonly #sizes: StoreSizes;
  readonly #folder: string;
  readonly #made = new Map<keyof StoreSizes, Promise<IndexedStore>>();

  constructor(sizes: StoreSizes, folder: string) {
    this.#sizes = sizes;
    this.#folder = folder;
  }

  get(size: keyof StoreSizes): Promise<IndexedStore> {
    let made = this.#made.get(size);
    if (!made) {
      made = this.#make(size);
      this.#made.set(size, made);
    }
    return made;
  }

  async #make(size: keyof StoreSizes): Promise<IndexedStore> {
    const store = await generatedStore(this.#sizes[size]);
    const place = { store: store.root, cache: newCache(this.#folder) };
    await timeToAnswer(place, searchRuns(store.experimentIds, { max_results: 1 }));
    return { ...store, place };
  }
}

/** A folder for indexes, without any. */
export function newCache(folder: string): string {
  return fs.mkdtempSync(path.join(folder, 'cache-'));
}

/** The store object alone, with its index. */
export function openIndexed({ root, place }: IndexedStore): Promise<FileTrackingStore> {
  const indexFile = storeFile(place.cache, 'indexes/*.index', root);
  return openFileTrackingStore({ root, isReadOnly: true, indexFile });
}
