import type { Handlers } from '../../../protocol/channel.ts';
import type { ChartsRequests, RunSeries } from '../../../protocol/charts.ts';
import { valuesOf } from '../../../views/charts/dimensions.ts';
import { rankImportance } from '../../../views/charts/importance.ts';
import { series } from '../../../views/charts/series.ts';
import { doAtOnce } from '../../services/doAtOnce.ts';
import type { ChartsRuns } from './chartsRuns.ts';

/** Requests to a server that are under way at once. */
const AT_ONCE = 8;

/** What charts draw of their runs: curves, values of many runs, and what a metric depends on. */
export function chartsReader(
  runs: ChartsRuns,
): Pick<Handlers<ChartsRequests>, 'readCurves' | 'readValues' | 'rankParams'> {
  return {
    async readCurves({ metricKey, points, runs: wanted }) {
      const { columns } = runs;
      const having = wanted.filter(
        ({ runId }) => columns.number(columns.slot(runId) ?? -1, `metrics.${metricKey}`) !== undefined,
      );
      const read: RunSeries[] = [];
      await doAtOnce(AT_ONCE, having, async ({ runId, steps }) => {
        const { connectionId } = runs.reference(runId);
        const connection = runs.connection(connectionId);
        const found = await connection.getMetricSeries(runId, metricKey, { limit: points, steps });
        read.push({ runId, series: series(found) });
      });
      return read;
    },
    readValues(ids) {
      const { columns } = runs;
      const runIds = columns.order.map((slot) => columns.runId(slot));
      return { runIds, values: ids.map((id) => valuesOf(columns, columns.order, id)) };
    },
    rankParams({ metricKey, runIds }) {
      const { columns } = runs;
      const slots = runIds.flatMap((runId) => columns.slot(runId) ?? []);
      const params = columns.ids().filter((id) => id.startsWith('params.'));
      return rankImportance(
        valuesOf(columns, slots, `metrics.${metricKey}`),
        params.map((id) => valuesOf(columns, slots, id)),
      );
    },
  };
}
