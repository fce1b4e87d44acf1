import fs from 'node:fs';
import type { Change } from '../../entities/change.ts';
import { ChangeFeed } from '../../entities/changeFeed.ts';
import { checkKey } from '../../entities/limits.ts';
import { selectPoints } from '../../entities/metricSeries.ts';
import { isSystemError, unlessForbidden } from '../../files/missing.ts';
import { isFile, isFolder } from '../../files/read.ts';
import { Turns } from '../../files/turns.ts';
import { makeFolder } from '../../files/write.ts';
import type { StoreInsight, TrackingStore } from '../store.ts';
import type { StoreContext } from './context.ts';
import { DiskWatch } from './diskWatch.ts';
import { createExperimentFolder, experimentStore } from './experiments.ts';
import { IndexFile } from './index/indexFile.ts';
import { RunIndex } from './index/runIndex.ts';
import { ScanPool } from './index/scanPool.ts';
import { DEFAULT_EXPERIMENT_ID, keyFile, METRICS, metaFile } from './layout.ts';
import { loggedModelStore } from './loggedModels.ts';
import { MetricColumnReader } from './metrics/metricColumns.ts';
import { MetricPages } from './metrics/metricPages.ts';
import { Problems } from './problems.ts';
import { RunFolders } from './runFolders.ts';
import { runLogStore } from './runLogging.ts';
import { runLifeStore } from './runs.ts';
import { StoreFolder } from './storeFolder.ts';
import { traceStore } from './traces.ts';
import { finishPurges, upkeepStore } from './upkeep.ts';

export interface FileTrackingStoreOptions {
  /** The store's folder, MLflow's `mlruns`. Made where it does not exist. */
  readonly root: string;
  /** URI or absolute path below which new experiments put their artifacts; the store's folder when absent. */
  readonly artifactRoot?: string | undefined;
  /** The folder behind `mlflow-artifacts:`, whose files are removed with what they belong to; they stay when absent. */
  readonly artifactsDestination?: string | undefined;
  /** Where the index of the runs is kept between two starts; nowhere when absent. */
  readonly indexFile?: string | undefined;
  /** Writes nothing by itself; the folder must exist. */
  readonly isReadOnly?: boolean | undefined;
  /** Why the file system is not to be asked to tell of changes (see `Watching`). */
  readonly silence?: string | undefined;
  /** Told of what went wrong while nobody waited for an answer. */
  onError?(error: unknown): void;
}

export type FileTrackingStore = TrackingStore & StoreInsight & { close(): Promise<void> };

/** Opens MLflow's file layout, as MLflow 2.x and 3.x read and write it. */
export async function openFileTrackingStore(options: FileTrackingStoreOptions): Promise<FileTrackingStore> {
  if (!options.isReadOnly && !isFolder(options.root)) makeFolder(options.root);
  // The real path, so that what is compared with it later is compared with where things are.
  const root = fs.realpathSync(options.root);
  const [folder, feed, problems] = [new StoreFolder(root), new ChangeFeed(), new Problems(root)];
  const onError = (error: unknown) => options.onError?.(error);
  const pool = new ScanPool();
  const disk: { watch?: DiskWatch | undefined } = {};
  const index = new RunIndex({
    folder,
    problems,
    pool,
    file: options.indexFile === undefined ? undefined : new IndexFile(options.indexFile, root, options.isReadOnly),
    onDidChange(experimentId, runId) {
      disk.watch?.note(experimentId, runId);
      feed.announce({ kind: 'run', experimentId, runId });
    },
    onDidChangeMany: (experimentId) => feed.announce({ kind: 'runs', experimentId }),
  });
  const startWatching = () =>
    new DiskWatch({
      folder,
      index,
      silence: options.silence,
      announce: (change: Change) => feed.announce(change),
      onError,
    });
  const context: StoreContext = {
    folder,
    runFolders: new RunFolders(folder),
    artifactRoot: options.artifactRoot ?? root,
    feed,
    problems,
    index,
    metricColumns: new MetricColumnReader(),
    metricPages: new MetricPages(),
    turns: new Turns(),
    onError,
  };
  // As in MLflow, a store without any experiment gets the one that runs go into by default.
  const isEmpty = !context.folder.experimentFolders().some((folder) => unlessForbidden(() => isFile(metaFile(folder))));
  if (isEmpty && !options.isReadOnly) makeDefault(context);
  const homes = { root, destination: options.artifactsDestination };
  if (!options.isReadOnly) void finishPurges(context, homes).catch(onError);
  return {
    ...experimentStore(context),
    ...runLifeStore(context),
    ...runLogStore(context),
    ...loggedModelStore(context),
    ...traceStore(context),
    ...upkeepStore(context, homes),
    ...insight(context, pool, disk, startWatching),
  };
}

function makeDefault(context: StoreContext): void {
  try {
    createExperimentFolder(context, DEFAULT_EXPERIMENT_ID, { name: 'Default' });
  } catch (error) {
    // Writing is not possible now; reading is.
    if (!isSystemError(error)) throw error;
  }
}

function insight(
  { feed, folder, index, metricColumns, problems }: StoreContext,
  pool: ScanPool,
  disk: { watch?: DiskWatch | undefined },
  startWatching: () => DiskWatch,
): Omit<StoreInsight, 'searchKnownRuns'> & { close(): Promise<void> } {
  const stop = () => {
    disk.watch?.stop();
    disk.watch = undefined;
  };
  return {
    onDidChange(listener) {
      const subscription = feed.onDidChange(listener);
      disk.watch ??= startWatching();
      return {
        dispose() {
          subscription.dispose();
          if (!feed.isHeard) stop();
        },
      };
    },
    async watching() {
      return disk.watch?.watching;
    },
    async problems() {
      return problems.all();
    },
    async getMetricSeries(runId, key, query) {
      checkKey(key, 'metric_key');
      const { columns, statistics } = await metricColumns.read(keyFile(folder.runFolder(runId), METRICS, key));
      return { ...selectPoints(columns, query), statistics };
    },
    async close() {
      stop();
      pool.close();
      index.close();
    },
  };
}
