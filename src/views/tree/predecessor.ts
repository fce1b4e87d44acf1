import type { Run } from '../../entities/run.ts';
import { isLessBetter } from '../betterValue.ts';
import { mainMetric } from '../mainMetric.ts';

/** The run that one is understood by: its parent, else the one of its experiment that began before it. @param runs of the experiment */
export function predecessorOf(run: Run, runs: readonly Run[]): Run | undefined {
  const parentId = run.data.tags.get('mlflow.parentRunId');
  const parent = parentId && runs.find(({ info }) => info.runId === parentId);
  if (parent) return parent;
  const start = run.info.startTime ?? 0;
  return runs
    .filter(({ info, data }) => info.runId !== run.info.runId && (info.startTime ?? 0) <= start && data.params.size > 0)
    .reduce<Run | undefined>((a, b) => ((a?.info.startTime ?? -Infinity) < (b.info.startTime ?? 0) ? b : a), undefined);
}

/** Params that are not what they were in another run: key, before, now. */
export function changedParams(run: Run, before: Run): readonly (readonly [string, string, string])[] {
  const keys = new Set([...before.data.params.keys(), ...run.data.params.keys()]);
  return [...keys].flatMap((key) => {
    const [was, is] = [before.data.params.get(key), run.data.params.get(key)];
    return was === is ? [] : [[key, was ?? '–', is ?? '–'] as const];
  });
}

/** Of the other runs, the one with the best value of the main metric. */
export function bestOther(run: Run, runs: readonly Run[]): Run | undefined {
  const metric = mainMetric(run.data.metrics);
  if (!metric) return undefined;
  const less = isLessBetter(metric.key, new Float64Array());
  const numberOf = ({ data }: Run) => data.metrics.get(metric.key)?.value ?? Number.NaN;
  return runs
    .filter((other) => other.info.runId !== run.info.runId && Number.isFinite(numberOf(other)))
    .reduce<Run | undefined>((a, b) => (a === undefined || less === numberOf(b) < numberOf(a) ? b : a), undefined);
}
