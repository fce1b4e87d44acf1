import type { Host } from '../../src/protocol/channel.ts';
import type { RunDetailsRequests, RunDetailsState } from '../../src/protocol/runDetails.ts';

/** What every part of the page works with. */
export interface PageContext {
  readonly host: Host<RunDetailsRequests>;
  readonly state: RunDetailsState;
  keep(part: Partial<RunDetailsState>): void;
  /** Runs what the user asked for; says why where it fails. @returns whether it went well */
  attempt(work: () => Promise<unknown>): Promise<boolean>;
}
