import { ALL_RUNS } from '../../views/tree/runListing.ts';
import type { CommandContext } from './command.ts';

/** Lists all runs again, the newest first; groups stay. */
export function showAllRuns({ experiments }: CommandContext): void {
  experiments.list({ ...ALL_RUNS, group: experiments.listing.group });
}
