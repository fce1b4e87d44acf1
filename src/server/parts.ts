import type { ArtifactRepositories } from '../artifacts/repository.ts';
import type { RegistryStore } from '../registry/store.ts';
import type { StoreInsight, TrackingStore } from '../tracking/store.ts';

/** What the server serves. */
export interface Parts {
  readonly tracking: TrackingStore & StoreInsight;
  /** Where it has insight of its own, its changes and problems are told too. */
  readonly registry: RegistryStore & Partial<StoreInsight>;
  readonly artifacts: ArtifactRepositories;
  /** What `server-info` calls the kind of store: `FileStore`. */
  readonly storeName: string;
  /** Folder of the store, told to the editor's windows. */
  readonly storeRoot?: string | undefined;
  /** Version of the program. */
  readonly version?: string | undefined;
  /** How many runs log to the server now. */
  countRunningRuns?(): Promise<number>;
  /** Told when a request or an event stream begins and ends. */
  onActivity?(activity: Activity): void;
  /** Told of defects: exceptions that no request is to blame for. */
  onDefect?(error: unknown, request: string): void;
}

export type Activity = 'began' | 'ended';
