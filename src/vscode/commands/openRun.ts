import { showMetricChart } from '../panels/metricChart.ts';
import { isRunReference } from '../services/connections.ts';
import type { CommandContext } from './command.ts';

/** Opens a run: its curves where it has any, else its row in the tree. @param target a `RunReference`, or several, for their curves */
export async function openRun(context: CommandContext, target: unknown): Promise<void> {
  const references = Array.isArray(target) ? target : [target];
  if (!references.every(isRunReference)) throw new Error('There is no run to open.');
  if (references.length > 1) return showMetricChart(context, { runs: references });
  const [reference] = references;
  if (!reference) return;
  const connection = context.connections.get(reference.connectionId);
  if (!connection) throw new Error('The tracking server of this run is not running.');
  const run = await connection.tracking.getRun(reference.runId);
  if (run.data.metrics.size > 0) await showMetricChart(context, { runs: [reference] });
  else if (!(await context.experiments.reveal(reference)))
    throw new Error(`The run '${run.info.runName}' is not there.`);
}
