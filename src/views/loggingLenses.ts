import type { Run } from '../entities/run.ts';
import { formatNumber } from './formatNumber.ts';
import { formatAge } from './formatTime.ts';
import { mainMetric } from './mainMetric.ts';
import { count, describe, formatCount, oneLine } from './tree/row.ts';

/** A link above the code that starts runs. */
export interface LoggingLens {
  /** With `$(codicon)` marks. */
  readonly title: string;
  readonly tooltip: string;
  /** The runs that it opens. */
  readonly runs: readonly Run[];
}

/** Runs whose curves are shown together. */
const TOGETHER = 10;

/**
 * @param runs of the file, newest first @param total how many its experiment has, where the file names one
 * @param now ms since the epoch
 */
export function loggingLenses(runs: readonly Run[], total: number | undefined, now: number): readonly LoggingLens[] {
  const [last] = runs;
  if (!last) return [];
  const { info, data } = last;
  const metric = mainMetric(data.metrics);
  const age = info.status === 'RUNNING' ? 'running' : info.startTime && formatAge(info.startTime, now);
  const name = oneLine(info.runName || info.runId.slice(0, 8), 60);
  const value = metric && `${oneLine(metric.key, 60)} ${formatNumber(metric.value)}`;
  const charted = runs.filter((run) => run.data.metrics.size > 0).slice(0, TOGETHER);
  const number = total === undefined ? `${formatCount(runs.length)} runs` : count(total, 'run');
  return [
    { title: `$(history) ${describe(name, value, age || undefined)}`, tooltip: 'Open the latest run', runs: [last] },
    ...(charted.length > 1
      ? [{ title: `$(graph-line) ${number}`, tooltip: `Metrics of the newest ${charted.length} runs`, runs: charted }]
      : []),
  ];
}
