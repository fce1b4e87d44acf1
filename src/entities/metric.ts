import { compareInt64, type Int64 } from './int64.ts';

/** One logged point of a metric. */
export interface Metric {
  readonly key: string;
  /** Any double: NaN and the infinities included. */
  readonly value: number;
  /** ms since the epoch. */
  readonly timestamp: Int64;
  readonly step: Int64;
  /** The logged model that the value was measured on (MLflow 3). */
  readonly modelId?: string | undefined;
  readonly datasetName?: string | undefined;
  readonly datasetDigest?: string | undefined;
}

/**
 * Orders points as MLflow does when it picks the latest one: by step, then timestamp, then value. NaN ranks below every
 * number, so that a NaN never hides a number logged at the same moment.
 */
export function compareRecency(a: Metric, b: Metric): number {
  return compareInt64(a.step, b.step) || compareInt64(a.timestamp, b.timestamp) || compareValue(a.value, b.value);
}

function compareValue(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return a < b ? -1 : a > b ? 1 : 0;
}
