import type { IndexedStore } from './indexedStores.ts';
import type { RowName } from './rows.ts';
import type { Samples } from './samples.ts';
import type { StoreSizes } from './stores.ts';

/** What was measured of a row: ours and the floor in turns, so that a noisy machine is noisy for both. */
export interface Measurement {
  readonly ours: Samples;
  /** As many as of ours, or none. */
  readonly floor?: Samples | undefined;
  /** What else is worth knowing, or why there is no floor. */
  readonly note?: string | undefined;
}

/** What a measurement works with. */
export interface Bench {
  /** A folder for whatever is to be gone afterwards. */
  readonly folder: string;
  readonly stores: StoreSizes;
  /** A store of one of the sizes, with the index that a server has made of it: once, since that takes long. */
  indexed(size: keyof StoreSizes): Promise<IndexedStore>;
  report(row: RowName, measurement: Measurement): void;
}

/** Rows that are measured together. */
export type Measure = (bench: Bench) => Promise<void>;
