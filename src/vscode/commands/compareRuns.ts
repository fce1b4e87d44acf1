import { showRunComparison } from '../panels/compareRuns.ts';
import { chosenRuns, referenceOf } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Opens the differences of two or more runs. */
export async function compareRuns(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const runs = await chosenRuns(context, target, selection, 'Compare Runs: pick two or more');
  if (runs.length === 0) return;
  if (runs.length === 1) throw new Error('Select two or more runs to compare them.');
  await showRunComparison(context, runs.map(referenceOf));
}
