import { ALL_RUNS } from '../../views/tree/runListing.ts';
import type { CommandContext } from './command.ts';

/** Lists all runs again, the newest first. */
export function showAllRuns({ experiments }: CommandContext): void {
  experiments.list(ALL_RUNS);
}
