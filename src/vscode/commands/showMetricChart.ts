import { showCharts } from '../panels/charts.ts';
import { MetricNode } from '../trees/runDetailNodes.ts';
import { RunNode } from '../trees/runNode.ts';
import { type ChosenRun, chosenRuns, clickedNodes, referenceOf } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

/** Opens the curves of runs, or those of the clicked metrics only. A parent without any stands for its children. */
export async function showMetricChart(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const runs = (await chosenRuns(context, target, selection, 'Show Metric Chart')).flatMap(chartedRuns);
  const connection = runs[0]?.connection;
  if (!connection) return;
  const metrics = clickedNodes(target, selection).filter((node) => node instanceof MetricNode);
  const metricKeys = [...new Set([...metrics.map(({ metric }) => metric.key), ...namedMetric(target)])];
  await showCharts(context, {
    runs: runs.filter((run) => run.connection === connection).map(referenceOf),
    ...(metricKeys.length ? { metricKeys } : {}),
  });
}

/** A page, or a hover, names the metric beside its runs. */
function namedMetric(target: unknown): readonly string[] {
  return typeof target === 'object' && target !== null && 'metricKey' in target && typeof target.metricKey === 'string'
    ? [target.metricKey]
    : [];
}

function chartedRuns(chosen: ChosenRun): readonly ChosenRun[] {
  if (!(chosen instanceof RunNode) || chosen.run.data.metrics.size > 0) return [chosen];
  const children = chosen.experiment.childRuns(chosen.run.info.runId);
  return children.length > 0 ? children.filter(({ run }) => run.data.metrics.size > 0) : [chosen];
}
