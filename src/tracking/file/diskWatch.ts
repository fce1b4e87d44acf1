import path from 'node:path';
import type { Change, Subscription } from '../../entities/change.ts';
import { isSystemError, unlessForbidden } from '../../files/missing.ts';
import { stat } from '../../files/read.ts';
import type { RunIndex } from './index/runIndex.ts';
import { metaFile, TAGS } from './layout.ts';
import type { StoreFolder } from './storeFolder.ts';

/** Short enough that a run of another process is seen within a second (ms). */
const INTERVAL = 700;

/**
 * Finds what other processes write into the store's folder, by looking: events of file systems do not arrive from network
 * drives and containers, and watching every folder of a large store would use up the system's watches. The index looks at
 * the runs, and tells what it finds.
 */
export function watchDisk(folder: StoreFolder, index: RunIndex, announce: (change: Change) => void): Subscription {
  let before = new Map<string, string>();
  let isFirst = true;
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      const now = lookAtExperiments(folder);
      for (const experimentId of new Set([...before.keys(), ...now.keys()])) {
        if (!isFirst && before.get(experimentId) !== now.get(experimentId))
          announce({ kind: 'experiment', experimentId });
      }
      before = now;
      isFirst = false;
      await index.look([...now.keys()]);
    } catch (error) {
      // The next look may find what the system did not show now.
      if (!isSystemError(error)) throw error;
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(look, INTERVAL).unref();
  void look();
  return { dispose: () => clearInterval(timer) };
}

/** Experiment → modification times of what it consists of. */
function lookAtExperiments(folder: StoreFolder): Map<string, string> {
  return new Map(
    folder.experimentFolders().map((experiment) => {
      const parts = [experiment, metaFile(experiment), path.join(experiment, TAGS)];
      return [path.basename(experiment), [experiment, ...parts.map(modified)].join(' ')];
    }),
  );
}

/** ms since the epoch with their fraction; 0 where there is nothing. */
function modified(file: string): number {
  return unlessForbidden(() => stat(file))?.mtimeMs ?? 0;
}
