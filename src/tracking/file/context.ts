import type { ChangeFeed } from '../../entities/changeFeed.ts';
import type { Turns } from '../../files/turns.ts';
import type { RunIndex } from './index/runIndex.ts';
import type { MetricColumnReader } from './metrics/metricColumns.ts';
import type { MetricPages } from './metrics/metricPages.ts';
import type { Problems } from './problems.ts';
import type { RunFolders } from './runFolders.ts';
import type { StoreFolder } from './storeFolder.ts';

/** What the parts of a file store share. */
export interface StoreContext {
  readonly folder: StoreFolder;
  readonly runFolders: RunFolders;
  /** URI or absolute path below which new experiments put their artifacts. */
  readonly artifactRoot: string;
  readonly feed: ChangeFeed;
  readonly problems: Problems;
  readonly index: RunIndex;
  readonly metricColumns: MetricColumnReader;
  readonly metricPages: MetricPages;
  /** Keeps changes of one experiment, run or model apart. */
  readonly turns: Turns;
  /** Told of what went wrong while nobody waited for an answer. */
  readonly onError: (error: unknown) => void;
}
