import type { Run } from '../../entities/run.ts';
import { isLessBetter } from '../betterValue.ts';
import { formatNumber } from '../formatNumber.ts';
import { mainMetricKey } from '../mainMetric.ts';
import { count, describe, oneLine, type TreeRow } from './row.ts';
import { plainKey } from './runListing.ts';

/** What runs can be grouped by besides params and tags. */
export const GROUP_ATTRIBUTES = ['attributes.status', 'attributes.user_id', 'attributes.start_day'] as const;

/**
 * What a run has there. @param by as MLflow names it: ``params.`alpha` ``, ``tags.`team` ``, `attributes.status`; and the
 * day that it began, which MLflow has no name for
 */
export function groupValue({ info, data }: Run, by: string): string | undefined {
  if (by === 'attributes.status') return info.status.toLowerCase();
  if (by === 'attributes.user_id') return info.userId || undefined;
  if (by === 'attributes.start_day') return info.startTime === undefined ? undefined : dayOf(info.startTime);
  const key = by.slice(by.indexOf('.') + 1).replaceAll('`', '');
  return by.startsWith('params.') ? data.params.get(key) : data.tags.get(key);
}

/** In the time of the user, as dates sort. */
function dayOf(time: number): string {
  const date = new Date(time);
  const pad = (part: number) => String(part).padStart(2, '0');
  return Number.isNaN(date.getTime()) ? '' : `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

export interface RunGroup<T> {
  /** `undefined` for those that have nothing there. */
  readonly value: string | undefined;
  readonly items: readonly T[];
}

/** Runs by what they have there; numbers in their order, days with the newest first, those without last. */
export function groupRuns<T>(items: readonly T[], runOf: (item: T) => Run, by: string): readonly RunGroup<T>[] {
  const groups = Map.groupBy(items, (item) => groupValue(runOf(item), by));
  const sign = by === 'attributes.start_day' ? -1 : 1;
  return [...groups]
    .map(([value, own]) => ({ value, items: own }))
    .sort((a, b) => {
      if (a.value === undefined || b.value === undefined)
        return Number(a.value === undefined) - Number(b.value === undefined);
      return sign * a.value.localeCompare(b.value, undefined, { numeric: true });
    });
}

const SHOWN = 100;

/** `alpha 0.5 · 12 runs · best rmse 0.701` */
export function groupRow({ value, items }: RunGroup<Run>, by: string): TreeRow {
  const name = oneLine(plainKey(by), SHOWN)
    .replace(/^(params|tags)\./, '')
    .replace('start_day', 'day')
    .replace('user_id', 'user');
  const text = oneLine(value ?? '', SHOWN);
  const label = value === undefined ? `no ${name}` : `${name} ${text.trim() || '(empty)'}`;
  return {
    label,
    description: describe(count(items.length, 'run'), bestValue(items)),
    icon: { id: 'list-tree' },
    words: ['group'],
    expansion: 'collapsed',
  };
}

function bestValue(runs: readonly Run[]): string | undefined {
  const key = mainMetricKey([...new Set(runs.flatMap(({ data }) => [...data.metrics.keys()]))]);
  const values = runs.flatMap(({ data }) => (key === undefined ? [] : (data.metrics.get(key)?.value ?? [])));
  const numbers = values.filter(Number.isFinite);
  if (key === undefined || numbers.length === 0) return undefined;
  // There may be as many as a store has runs.
  const less = isLessBetter(key, new Float64Array());
  const best = numbers.reduce((a, b) => (less === a < b ? a : b));
  return `best ${oneLine(key, 80)} ${formatNumber(best)}`;
}
