import type { Run } from '../../entities/run.ts';
import { chartRun } from '../../views/charts/chartRun.ts';
import type { RunCurve } from '../../views/inlineChart.ts';
import type { Connection } from './connections.ts';

/** Points of a curve: a hover has 320 px. */
const POINTS = 200;

/** A run's curve of a metric, for a small picture. */
export async function readCurve(connection: Connection, run: Run, key: string): Promise<RunCurve> {
  const { steps, values, statistics } = await connection.getMetricSeries(run.info.runId, key, { limit: POINTS });
  const { name, color } = chartRun(run);
  const { last, min, max } = statistics;
  return { runName: name, color, steps, values, last: last?.value, min: min?.value, max: max?.value };
}
