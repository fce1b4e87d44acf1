import { extentOf } from '../curvePath.ts';
import { formatNumber } from '../formatNumber.ts';
import type { RunColumns } from './runColumns.ts';

/** How the values of a column are spread over the runs. */
export interface Distribution {
  /** Of a metric or a param of numbers from the least to the greatest, of texts from the most frequent on. */
  readonly bars: readonly DistributionBar[];
  readonly isNumber: boolean;
  /** Runs that have no such value, and ones whose values have no bar of their own. */
  readonly missing: number;
  readonly others: number;
}

export interface DistributionBar {
  readonly label: string;
  readonly count: number;
}

const [BINS, TEXTS, LENGTH] = [16, 8, 60];

export function distributionOf(columns: RunColumns, id: string): Distribution {
  const values = columns.order.flatMap((slot) => columns.value(slot, id) ?? []);
  const missing = columns.order.length - values.length;
  const numbers = Float64Array.from(values, (value) => (value === '' ? Number.NaN : Number(value)));
  const isNumber =
    values.length > 0 && values.every((value, at) => typeof value === 'number' || !Number.isNaN(numbers[at]));
  const bars = isNumber ? numberBars(numbers) : textBars(values.map(String));
  const shown = bars.reduce((sum, { count }) => sum + count, 0);
  return { bars, isNumber, missing, others: values.length - shown };
}

/** Bars of equal width; one alone where all numbers are equal. NaN and the infinities have none. */
function numberBars(numbers: Float64Array): DistributionBar[] {
  const extent = extentOf([numbers]);
  if (!extent) return [];
  const { min, max } = extent;
  const count = min === max ? 1 : BINS;
  const edge = (at: number) => min * (1 - at / count) + max * (at / count);
  const counts = new Array<number>(count).fill(0);
  for (const number of numbers) {
    if (!Number.isFinite(number)) continue;
    // Halves, so that the difference of the largest numbers is still one.
    const share = count === 1 ? 0 : (number / 2 - min / 2) / (max / 2 - min / 2);
    const at = Math.min(count - 1, Math.floor(share * count));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map((own, at) => {
    const label = count === 1 ? formatNumber(min) : `${formatNumber(edge(at))} – ${formatNumber(edge(at + 1))}`;
    return { label, count: own };
  });
}

function textBars(values: readonly string[]): DistributionBar[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, TEXTS)
    .map(([value, count]) => ({ label: value.slice(0, LENGTH), count }));
}
