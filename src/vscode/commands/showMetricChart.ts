import { showMetricChart as showPanel } from '../panels/metricChart.ts';
import { MetricNode } from '../trees/runDetailNodes.ts';
import { chosenRuns, clickedNodes, referenceOf } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Opens the curves of runs, or those of the clicked metrics only. */
export async function showMetricChart(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const runs = await chosenRuns(context, target, selection, 'Show Metric Chart');
  const connection = runs[0]?.connection;
  if (!connection) return;
  const metrics = clickedNodes(target, selection).filter((node) => node instanceof MetricNode);
  const metricKeys = [...new Set(metrics.map(({ metric }) => metric.key))];
  await showPanel(context, {
    runs: runs.filter((run) => run.connection === connection).map(referenceOf),
    ...(metricKeys.length ? { metricKeys } : {}),
  });
}
