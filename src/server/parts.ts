import type { ArtifactRepositories, ArtifactRepository } from '../artifacts/repository.ts';
import type { RegistryStore } from '../registry/store.ts';
import type { StoreInsight, TrackingStore } from '../tracking/store.ts';
import type { RunTexts } from './runTexts.ts';

/** What the server serves. */
export interface Parts {
  readonly tracking: TrackingStore & StoreInsight;
  /** Where it has insight of its own, its changes and problems are told too. */
  readonly registry: RegistryStore & Partial<Pick<StoreInsight, 'onDidChange' | 'problems'>>;
  readonly artifacts: ArtifactRepositories;
  /** What `server-info` calls the kind of store: `FileStore`. */
  readonly storeName: string;
  /** Folder of the store, told to the editor's windows. */
  readonly storeRoot?: string | undefined;
  /** Folder of a registry that lies elsewhere. */
  readonly registryRoot?: string | undefined;
  /** The files of MLflow's web UI, where it is served. */
  readonly pages?: ArtifactRepository | undefined;
  /** Asked for with each request; anybody may come in when absent. */
  readonly token?: string | undefined;
  /** Refuses what would change anything. */
  readonly isReadOnly?: boolean | undefined;
  /** Version of the program. */
  readonly version?: string | undefined;
  /** How many runs log to the server now. */
  countRunningRuns?(): Promise<number>;
  /** Told when a request or an event stream begins and ends. */
  onActivity?(activity: Activity): void;
  /** Told of defects: exceptions that no request is to blame for. */
  onDefect?(error: unknown, request: string): void;
}

/** What handlers work with: what is served, and what the app keeps between requests. */
export interface AppParts extends Parts {
  readonly runTexts: RunTexts;
}

export type Activity = 'began' | 'ended';
