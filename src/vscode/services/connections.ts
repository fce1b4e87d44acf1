import type { Event } from 'vscode';
import type { ArtifactRepositories } from '../../artifacts/repository.ts';
import type { RegistryStore } from '../../registry/store.ts';
import type { StoreInsight, TrackingStore } from '../../tracking/store.ts';

/** One MLflow server as the editor sees it: the embedded one of a workspace folder, or a remote one. */
export interface Connection extends StoreInsight {
  /** Stable over restarts: the store's folder for an embedded server, the URL for a remote one. */
  readonly id: string;
  /** What a tree row says: `elasticnet · .mlflow`. */
  readonly label: string;
  /** What `MLFLOW_TRACKING_URI` is set to. */
  readonly url: string;
  /** What `MLFLOW_TRACKING_TOKEN` is set to, where the server asks for a token. */
  readonly token?: string | undefined;
  readonly tracking: TrackingStore;
  readonly registry: RegistryStore;
  readonly artifacts: ArtifactRepositories;
}

export interface Connections {
  all(): readonly Connection[];
  get(id: string): Connection | undefined;
  /** Connections came, went, or came back under another URL. */
  readonly onDidChange: Event<void>;
}

/** Points to a run across servers; survives serialization. */
export interface RunReference {
  readonly connectionId: string;
  readonly experimentId: string;
  readonly runId: string;
}

export function isRunReference(value: unknown): value is RunReference {
  if (typeof value !== 'object' || value === null) return false;
  return ['connectionId', 'experimentId', 'runId'].every((key) => typeof Reflect.get(value, key) === 'string');
}
