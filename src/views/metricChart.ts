import { compareRecency, type Metric } from '../entities/metric.ts';
import type { Run, RunStatus } from '../entities/run.ts';
import { decimate } from './decimate.ts';
import { type RunColor, runColor } from './runColor.ts';

/** A run in the list beside the charts. */
export interface ChartRun extends RunColor {
  readonly runId: string;
  readonly name: string;
  readonly status: RunStatus;
  /** Start of the run (ms since the epoch), for relative times. */
  readonly startTime: number | undefined;
}

/** One run's curve of one metric; the arrays have one entry a point. NaN and infinities are gaps, as `null`. */
export interface Series {
  readonly steps: readonly number[];
  /** ms since the epoch. */
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
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

/** Two points a pixel on the widest screens (points). */
const MAX_POINTS = 4_000;

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

/** @param history in any order */
export function series(history: readonly Metric[]): Series {
  const ordered = history.toSorted(compareRecency);
  const points = ordered.map(({ step, timestamp, value }) => ({
    x: Number(step),
    y: Number.isFinite(value) ? value : Number.NaN,
    time: Number(timestamp),
  }));
  const shown = decimate(points, MAX_POINTS);
  return {
    steps: shown.map(({ x }) => x),
    times: shown.map(({ time }) => time),
    values: shown.map(({ y }) => (Number.isNaN(y) ? null : y)),
    total: history.length,
    statistics: statistics(points),
  };
}

function statistics(points: readonly { readonly x: number; readonly y: number }[]): Statistics {
  let [min, max]: [number | undefined, number | undefined] = [undefined, undefined];
  for (const { y } of points) {
    if (Number.isNaN(y)) continue;
    if (min === undefined || y < min) min = y;
    if (max === undefined || y > max) max = y;
  }
  const last = points.at(-1);
  return { last: Number.isNaN(last?.y) ? undefined : last?.y, min, max, lastStep: last?.x };
}
