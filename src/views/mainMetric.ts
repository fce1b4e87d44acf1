import type { Metric } from '../entities/metric.ts';

/** What a row may say about a run: measured on unseen data first, then the usual names, then what is there. */
const UNSEEN = /(^|[^a-z])(val|valid|validation|eval|test)([^a-z]|$)/i;
const USUAL = ['rmse', 'loss', 'mse', 'mae', 'accuracy', 'acc', 'auc', 'f1', 'r2', 'score'];

/** The metric that stands for a run where there is place for one only. */
export function mainMetric(metrics: ReadonlyMap<string, Metric>): Metric | undefined {
  let best: Metric | undefined;
  for (const metric of metrics.values()) {
    if (metric.key.startsWith('system/')) continue;
    if (!best || compareRank(metric.key, best.key) < 0) best = metric;
  }
  return best;
}

/** The key of the same among keys alone. */
export function mainMetricKey(keys: readonly string[]): string | undefined {
  return keys.filter((key) => !key.startsWith('system/')).toSorted(compareRank)[0];
}

function compareRank(a: string, b: string): number {
  return rank(b) - rank(a) || (a < b ? -1 : 1);
}

function rank(key: string): number {
  const words = key.toLowerCase().split(/[^a-z0-9]+/);
  const usual = USUAL.findIndex((word) => words.includes(word));
  return (usual < 0 ? 0 : USUAL.length - usual) + (UNSEEN.test(key) ? USUAL.length : 0);
}
