import { isObject } from './channel.ts';

/** The table of an experiment's runs. */
export interface ExperimentReference {
  readonly connectionId: string;
  readonly experimentId: string;
}

export function isExperimentReference(value: unknown): value is ExperimentReference {
  return isObject(value) && typeof value.connectionId === 'string' && typeof value.experimentId === 'string';
}

/** Charts or a comparison that were opened from a table show what is selected there, for as long as it is wanted. */
export interface Following {
  readonly table: ExperimentReference;
  readonly isOn: boolean;
}

export function isFollowing(value: unknown): value is Following {
  return isObject(value) && typeof value.isOn === 'boolean' && isExperimentReference(value.table);
}

/** What such a screen asks. */
export type FollowingRequests = {
  /** Follows the table from now on, or no longer. */
  follow(isOn: boolean): void;
};

export const FOLLOWING_CHECKS = {
  follow: (value: unknown): value is boolean => typeof value === 'boolean',
};
