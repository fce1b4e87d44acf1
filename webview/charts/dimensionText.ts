import type { DimensionValues } from '../../src/protocol/charts.ts';
import { shortNumber } from '../shared/number.ts';

/** Of a metric the latest value is meant. */
export function axisName({ id, label }: DimensionValues): string {
  return id.startsWith('metrics.') ? `${label} (last)` : label;
}

export function valueText({ categories, isTime }: DimensionValues, value: number): string {
  if (categories) return categories[value] ?? '';
  if (!isTime) return shortNumber(value);
  const moment = new Date(value);
  return Number.isNaN(moment.getTime()) ? shortNumber(value) : moment.toLocaleString();
}
