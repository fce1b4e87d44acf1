import type { MetricSeries } from '../../entities/metricSeries.ts';
import type { Run } from '../../entities/run.ts';
import { isLessBetter } from '../betterValue.ts';
import { curvePath, extentOf } from '../curvePath.ts';
import { formatNumber } from '../formatNumber.ts';

/** A metric of the run, with its latest value. */
export interface MetricRow {
  readonly key: string;
  readonly last: NumberText;
  readonly step: string;
}

/** What all points of a metric together are like. */
export interface MetricCurve {
  readonly key: string;
  readonly count: number;
  readonly first: NumberText | undefined;
  readonly min: NumberText | undefined;
  readonly max: NumberText | undefined;
  /** Step of the better of the least and the greatest value. */
  readonly bestStep: string | undefined;
  readonly better: 'min' | 'max';
  /** `d` of an SVG path in a frame of `CURVE`; none where there is nothing to draw. */
  readonly path: string | undefined;
}

export interface NumberText {
  /** In 4 significant digits. */
  readonly text: string;
  readonly full: string;
}

export interface MetricPage {
  readonly rows: readonly MetricRow[];
  /** Place of the first row among those that match, from 0. */
  readonly from: number;
  /** How many match, on all pages. */
  readonly matching: number;
  /** How many of the run's metrics are system metrics. */
  readonly system: number;
  /** From 0; the last one there is where a later one was asked for. */
  readonly page: number;
  readonly pages: number;
}

export interface MetricQuery {
  readonly filter: string;
  readonly page: number;
  /** The system metrics (`system/…`) instead of the others. */
  readonly system: boolean;
}

export const PAGE_SIZE = 25;
/** px */
export const CURVE = { width: 96, height: 20 } as const;
/** Points that a curve of this width can show. */
export const CURVE_POINTS = 200;

export function isSystemMetric(key: string): boolean {
  return key.startsWith('system/');
}

/** One page of the metrics of a run by name, those whose names hold all words of the filter. */
export function metricPage({ data }: Run, { filter, page, system }: MetricQuery): MetricPage {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const all = [...data.metrics.values()];
  const matching = all
    .filter(({ key }) => isSystemMetric(key) === system && words.every((word) => key.toLowerCase().includes(word)))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const pages = Math.max(1, Math.ceil(matching.length / PAGE_SIZE));
  const shown = Math.min(Math.max(0, page), pages - 1);
  return {
    rows: matching.slice(shown * PAGE_SIZE, (shown + 1) * PAGE_SIZE).map(({ key, value, step }) => ({
      key,
      last: numberText(value),
      step: String(step),
    })),
    from: shown * PAGE_SIZE,
    matching: matching.length,
    system: all.filter(({ key }) => isSystemMetric(key)).length,
    page: shown,
    pages,
  };
}

export function metricCurve(key: string, { steps, values, statistics }: MetricSeries): MetricCurve {
  const { count, first, min, max } = statistics;
  const better = isLessBetter(key, values) ? 'min' : 'max';
  const best = better === 'min' ? min : max;
  const [x, y] = [extentOf([steps]), extentOf([values])];
  const frame = { x: 1, y: 2, width: CURVE.width - 3, height: CURVE.height - 4 };
  return {
    key,
    count,
    first: first && numberText(first.value),
    min: min && numberText(min.value),
    max: max && numberText(max.value),
    bestStep: best && String(best.step),
    better,
    path: x && y && count > 1 ? curvePath({ steps, values }, frame, x, y) : undefined,
  };
}

function numberText(value: number): NumberText {
  return { text: formatNumber(value), full: String(value) };
}
