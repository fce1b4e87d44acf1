import { compareInt64, type Int64 } from '../entities/int64.ts';

/**
 * Chooses about `count` of the steps that runs have in a range (all from 0 on when absent), as MLflow does: evenly over
 * the sorted steps of all runs, with the last one, and with the first and last step of each run.
 * @param runs the steps of each run.
 */
export function sampleSteps(
  runs: readonly (readonly Int64[])[],
  count: number,
  range?: { readonly start: Int64; readonly end: Int64 },
): ReadonlySet<Int64> {
  const start = range?.start ?? 0;
  const isInRange = (step: Int64) =>
    compareInt64(step, start) >= 0 && (range === undefined || compareInt64(step, range.end) <= 0);
  const inRange = [...new Set(runs.flat())].filter(isInRange).sort(compareInt64);
  const chosen = new Set(evenly(inRange, count));
  for (const steps of runs) {
    const sorted = steps.toSorted(compareInt64);
    for (const step of [sorted[0], sorted.at(-1)]) if (step !== undefined && isInRange(step)) chosen.add(step);
  }
  return chosen;
}

function evenly(steps: readonly Int64[], count: number): readonly Int64[] {
  if (steps.length <= count) return steps;
  const interval = steps.length / count;
  const chosen = Array.from({ length: count }, (_, at) => steps[Math.trunc(at * interval)]);
  return [...chosen, steps.at(-1)].filter((step) => step !== undefined);
}
