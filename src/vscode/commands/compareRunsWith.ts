import { showRunComparison } from '../panels/compareRuns.ts';
import { chosenRuns, pickRuns, referenceOf } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Opens the differences between the chosen runs and those that the user picks. */
export async function compareRunsWith(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const runs = await chosenRuns(context, target, selection, 'Compare');
  if (runs.length === 0) return;
  const name = runs.length === 1 ? `'${runs[0]?.run.info.runName}'` : `${runs.length} runs`;
  const known = new Set(runs.map(({ run }) => run.info.runId));
  const others = (await pickRuns(context, `Compare ${name} with`)).filter(({ run }) => !known.has(run.info.runId));
  if (others.length > 0) await showRunComparison(context, { runs: [...runs, ...others].map(referenceOf) });
}
