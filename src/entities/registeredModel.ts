export type ModelVersionStage = 'None' | 'Staging' | 'Production' | 'Archived';
export type ModelVersionStatus = 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION' | 'READY';

export interface RegisteredModel {
  readonly name: string;
  /** ms since the epoch. */
  readonly creationTimestamp: number;
  /** ms since the epoch. */
  readonly lastUpdatedTimestamp: number;
  readonly description: string;
  /** The newest version of each stage. */
  readonly latestVersions: readonly ModelVersion[];
  readonly tags: ReadonlyMap<string, string>;
  /** Alias → version. */
  readonly aliases: ReadonlyMap<string, string>;
}

export interface ModelVersion {
  readonly name: string;
  /** Decimal digits, from `1`; a string on MLflow's wire. */
  readonly version: string;
  /** ms since the epoch. */
  readonly creationTimestamp: number;
  /** ms since the epoch. */
  readonly lastUpdatedTimestamp: number;
  readonly userId: string | undefined;
  readonly currentStage: ModelVersionStage;
  readonly description: string;
  /** URI that the version was made from: an artifact folder, `runs:/…`, `models:/…`. */
  readonly source: string;
  readonly runId: string | undefined;
  readonly runLink: string | undefined;
  readonly modelId: string | undefined;
  readonly status: ModelVersionStatus;
  readonly statusMessage: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly aliases: readonly string[];
}

export interface NewRegisteredModel {
  readonly name: string;
  readonly description?: string | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}

export interface NewModelVersion {
  readonly name: string;
  readonly source: string;
  readonly runId?: string | undefined;
  readonly runLink?: string | undefined;
  readonly modelId?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}
