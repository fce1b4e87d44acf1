import path from 'node:path';
import { combineLooks, lookIfShown } from '../../files/fileReader.ts';
import { unlessForbidden } from '../../files/missing.ts';
import { readFilesBelow } from '../../files/read.ts';
import { metaFile, TAGS } from './layout.ts';
import type { StoreFolder } from './storeFolder.ts';

/** Experiment id → what its own files look like (see `lookOf`): where it lies, what it is called, and its tags. */
export function lookAtExperiments(folder: StoreFolder): Map<string, number> {
  return new Map(
    folder.experimentFolders().map((experiment) => {
      const tags = path.join(experiment, TAGS);
      const names = unlessForbidden(() => readFilesBelow(tags)) ?? [];
      const files = [metaFile(experiment), ...names.map((name) => path.join(tags, name))];
      return [path.basename(experiment), combineLooks([experiment.length, files.length, ...files.map(lookIfShown)])];
    }),
  );
}
