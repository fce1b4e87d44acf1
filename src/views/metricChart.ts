import type { MetricSeries } from '../entities/metricSeries.ts';
import type { Run, RunStatus } from '../entities/run.ts';
import { type RunColor, runColor } from './runColor.ts';

/** A run in the list beside the charts. */
export interface ChartRun extends RunColor {
  readonly runId: string;
  readonly name: string;
  readonly status: RunStatus;
  /** Start of the run (ms since the epoch), for relative times. */
  readonly startTime: number | undefined;
}

/** One run's curve of one metric; the arrays have one entry a point. NaN and infinities are gaps. */
export interface Series {
  readonly steps: Float64Array;
  /** ms since the epoch. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** Points that were logged, of which the arrays may show fewer. */
  readonly total: number;
  readonly statistics: Statistics;
}

/** Over the finite values; absent where there is none. */
export interface Statistics {
  readonly last: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** Step of the last point. */
  readonly lastStep: number | undefined;
}

/** Points of a curve: two a pixel on the widest screens. */
export const MAX_POINTS = 4_000;

export function chartRun({ info }: Run): ChartRun {
  const { runId, runName, status, startTime } = info;
  return { runId, name: runName || runId.slice(0, 8), status, startTime, ...runColor(runId) };
}

/** The keys to show: those asked for, else all that the runs have, system metrics last, each group by name. */
export function chartKeys(runs: readonly Run[], asked: readonly string[] = []): readonly string[] {
  if (asked.length > 0) return asked;
  const keys = new Set(runs.flatMap(({ data }) => [...data.metrics.keys()]));
  return [...keys].sort((a, b) => Number(isSystem(a)) - Number(isSystem(b)) || (a < b ? -1 : 1));
}

function isSystem(key: string): boolean {
  return key.startsWith('system/');
}

export function series({ steps, timestamps, values, statistics }: MetricSeries): Series {
  const { count, min, max, last } = statistics;
  return {
    steps,
    times: timestamps,
    values,
    total: count,
    statistics: { last: last?.value, min: min?.value, max: max?.value, lastStep: last?.step },
  };
}
