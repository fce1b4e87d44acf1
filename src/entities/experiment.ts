import type { LifecycleStage } from './lifecycle.ts';

/** A named group of runs. */
export interface Experiment {
  /** Decimal digits, up to 64 characters; beyond 2^53, so never a number. */
  readonly experimentId: string;
  readonly name: string;
  /** URI or absolute path below which the artifacts of its runs lie. */
  readonly artifactLocation: string;
  readonly lifecycleStage: LifecycleStage;
  /** ms since the epoch. */
  readonly creationTime: number | undefined;
  /** ms since the epoch. */
  readonly lastUpdateTime: number | undefined;
  readonly tags: ReadonlyMap<string, string>;
}

export interface NewExperiment {
  readonly name: string;
  readonly artifactLocation?: string | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}
