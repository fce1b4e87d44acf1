import type { ChartRun, ChartsView, Range, Series } from '../../src/protocol/charts.ts';
import { bandOf } from './band.ts';
import { type Curve, type CurveCache, nearestPoint } from './curve.ts';
import type { ReadSeries } from './curveReader.ts';

/** A line of a card: a run's curve, or a group's band. */
export interface Line extends Pick<ChartRun, 'color' | 'dash'> {
  /** The run's id, or the group's label. */
  readonly id: string;
  readonly label: string;
  readonly curve: Curve;
  readonly band?: { readonly low: Float64Array; readonly high: Float64Array } | undefined;
  /** Points that were logged. */
  readonly total: number;
  /** Absent of a group. */
  readonly statistics?: Series['statistics'] | undefined;
}

export interface LinesOptions {
  /** Those that are drawn, in their order. */
  readonly runs: readonly ChartRun[];
  readonly view: Pick<ChartsView, 'xAxis' | 'smoothing' | 'hiddenGroups'>;
  /** Run id → label of its group; runs are not grouped when absent. */
  readonly groups?: ReadonlyMap<string, string> | undefined;
  readonly curves: CurveCache;
  /** Of the metric that is the x axis. */
  readonly other?: ReadonlyMap<string, ReadSeries> | undefined;
}

/** What a card draws of the series that were read of its metric. Runs without points have no line. */
export function linesOf(read: ReadonlyMap<string, ReadSeries>, options: LinesOptions): readonly Line[] {
  const { runs, view, groups, other, curves } = options;
  const lines = runs.flatMap((run): Line[] => {
    const { whole, part } = read.get(run.runId) ?? {};
    if (!whole || whole.total === 0) return [];
    const drawn = curves.get(part ?? whole, run, view, other?.get(run.runId)?.whole);
    const { color, dash, runId, name } = run;
    return [{ id: runId, label: name, color, dash, curve: drawn, total: whole.total, statistics: whole.statistics }];
  });
  return groups ? grouped(lines, groups, view.hiddenGroups) : lines;
}

/** A group looks like its first run. */
function grouped(
  lines: readonly Line[],
  groups: ReadonlyMap<string, string>,
  hidden: readonly string[],
): readonly Line[] {
  const members = Map.groupBy(lines, ({ id }) => groups.get(id) ?? '');
  return [...members].flatMap(([label, of]): Line[] => {
    const [first] = of;
    if (!first || hidden.includes(label)) return [];
    const { x, y, low, high } = bandOf(of.map((line) => line.curve));
    const total = of.reduce((sum, line) => sum + line.total, 0);
    const { color, dash } = first;
    return [{ id: label, label, color, dash, curve: { x, y, raw: y }, band: { low, high }, total }];
  });
}

/** What a line says at a place of the x axis. */
export interface Reading {
  readonly line: Line;
  /** Where its nearest point is. */
  readonly x: number;
  readonly value: number;
  /** As logged, where the line is smoothed. */
  readonly raw: number | undefined;
}

/** Of each line what its point that is nearest to `x` says, the greatest value first. */
export function readingsAt(lines: readonly Line[], x: number, smoothing: number): readonly Reading[] {
  const readings = lines.flatMap((line): Reading[] => {
    const { curve: of } = line;
    const at = nearestPoint(of, x);
    if (at < 0) return [];
    const raw = smoothing > 0 && !line.band ? of.raw[at] : undefined;
    return [{ line, x: of.x[at] ?? x, value: of.y[at] ?? Number.NaN, raw }];
  });
  return readings.sort((a, b) => b.value - a.value);
}

/**
 * The steps between which the points of a part of the x axis lie: what is asked of the server, whatever the axis is.
 * @returns none where no point lies there
 */
export function stepsWithin(x: Float64Array, steps: Float64Array, { min, max }: Range): Range | undefined {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < x.length; at++) {
    // A point more at each side: the line goes on to it.
    const reaches = (place: number) => (x[place] ?? Number.NaN) >= min && (x[place] ?? Number.NaN) <= max;
    if (!reaches(at) && !reaches(at - 1) && !reaches(at + 1)) continue;
    from = Math.min(from, steps[at] ?? from);
    to = Math.max(to, steps[at] ?? to);
  }
  return from <= to ? { min: from, max: to } : crossing(x, steps, { min, max });
}

/** The part may lie between two points that were kept. */
function crossing(x: Float64Array, steps: Float64Array, { min, max }: Range): Range | undefined {
  for (let at = 0; at + 1 < x.length; at++) {
    const [left, right] = [x[at] ?? 0, x[at + 1] ?? 0];
    if (left < min && right > max) return { min: steps[at] ?? 0, max: steps[at + 1] ?? 0 };
  }
  return undefined;
}
