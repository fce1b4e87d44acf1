import type { DimensionValues } from './dimensions.ts';

/** How closely a metric follows a param over some runs. It says nothing of causes. */
export interface Importance {
  readonly id: string;
  readonly label: string;
  /**
   * Of numbers Spearman's rank correlation ρ, −1 to 1. Of texts the correlation ratio η of the metric's ranks, 0 to 1:
   * how much of their spread lies between the values (as in the test of Kruskal and Wallis).
   */
  readonly correlation: number;
  readonly isRanked: boolean;
  /** Runs that have both. */
  readonly runs: number;
}

/** Fewer runs say nothing: two always correlate. */
const FEWEST = 3;

/** The params by the strength of their correlation with a metric; without those that have one value only. */
export function rankImportance(metric: DimensionValues, params: readonly DimensionValues[]): readonly Importance[] {
  return params
    .flatMap((param) => importanceOf(metric, param) ?? [])
    .sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation) || (a.label < b.label ? -1 : 1));
}

function importanceOf(metric: DimensionValues, param: DimensionValues): Importance | undefined {
  const both = [...metric.numbers.keys()].filter(
    (at) => Number.isFinite(metric.numbers[at]) && Number.isFinite(param.numbers[at]),
  );
  if (both.length < FEWEST) return undefined;
  const metricRanks = ranks(both.map((at) => metric.numbers[at] ?? 0));
  const values = both.map((at) => param.numbers[at] ?? 0);
  const groups = new Set(values).size;
  const isRanked = !param.categories;
  // Where every run has a text of its own, the text explains everything and nothing.
  if (groups < 2 || (!isRanked && groups === both.length)) return undefined;
  const correlation = isRanked ? pearson(metricRanks, ranks(values)) : correlationRatio(metricRanks, values);
  if (!Number.isFinite(correlation)) return undefined;
  return { id: param.id, label: param.label, correlation, isRanked, runs: both.length };
}

/** Equal values share the mean of their ranks. */
export function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranked = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
    for (const at of order.slice(start, end)) ranked[at] = (start + end - 1) / 2;
    start = end;
  }
  return ranked;
}

function pearson(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [(a[at] ?? 0) - meanA, (b[at] ?? 0) - meanB];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return both / Math.sqrt(ofA * ofB);
}

function correlationRatio(ranked: readonly number[], groups: readonly number[]): number {
  const all = mean(ranked);
  const byGroup = Map.groupBy(ranked.keys(), (at) => groups[at]);
  let between = 0;
  for (const members of byGroup.values()) {
    between += members.length * (mean(members.map((at) => ranked[at] ?? 0)) - all) ** 2;
  }
  const total = ranked.reduce((sum, rank) => sum + (rank - all) ** 2, 0);
  return Math.sqrt(between / total);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
