import { showRunComparison } from '../panels/compareRuns.ts';
import { isRunReference } from '../services/connections.ts';
import { chosenRuns, pickRuns, referenceOf } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Opens the differences of two or more runs. One run alone that a page names is compared with those that the user picks. */
export async function compareRuns(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const runs = await chosenRuns(context, target, selection, 'Compare Runs: pick two or more');
  const isAlone = runs.length === 1 && isRunReference(target);
  const picked = isAlone ? await pickRuns(context, `Compare '${runs[0]?.run.info.runName}' with`) : [];
  const others = picked.filter(({ run }) => run.info.runId !== runs[0]?.run.info.runId);
  if (runs.length === 0 || (isAlone && others.length === 0)) return;
  if (runs.length + others.length === 1) throw new Error('Select two or more runs to compare them.');
  await showRunComparison(context, { runs: [...runs, ...others].map(referenceOf) });
}
