import { ExperimentNode } from '../trees/experimentNode.ts';
import type { CommandContext } from './command.ts';

/** Reads the next page of runs of an experiment. */
export async function loadMoreRuns(context: CommandContext, target: unknown): Promise<void> {
  if (target instanceof ExperimentNode) await context.experiments.loadMore(target);
}
