import { type ErrorCode, MlflowError } from '../entities/error.ts';
import {
  columnsOf,
  type MetricSeries,
  type MetricStatistics,
  selectPoints,
  statisticsOf,
} from '../entities/metricSeries.ts';
import type { RunStore, StoreInsight } from '../tracking/store.ts';
import type { Rest } from './rest.ts';

/** What servers say of an endpoint that they do not have. */
const UNKNOWN = new Set<ErrorCode>(['NOT_FOUND', 'ENDPOINT_NOT_FOUND', 'NOT_IMPLEMENTED']);
const TYPE = 'application/octet-stream';
const PATH = '/api/mlflow-workbench/metric-series';

/** Our own servers send what is to be drawn; of others the whole history is read, and thinned out here. */
export function metricSeriesReader(rest: Rest, tracking: RunStore): StoreInsight['getMetricSeries'] {
  return async (runId, key, query) => {
    const parameters = {
      run_id: runId,
      metric_key: key,
      max_results: String(query.limit),
      ...(query.steps && {
        start_step: String(Math.ceil(query.steps.from)),
        end_step: String(Math.floor(query.steps.to)),
      }),
    };
    try {
      const response = await rest.send('GET', `${PATH}?${new URLSearchParams(parameters)}`);
      // Some servers answer whatever they do not know with a page.
      if (response.headers.get('content-type') === TYPE) return decode(await response.arrayBuffer());
    } catch (error) {
      if (!(error instanceof MlflowError) || !UNKNOWN.has(error.code)) throw error;
    }
    const columns = columnsOf((await tracking.getMetricHistory(runId, key)).items);
    return { ...selectPoints(columns, query), statistics: statisticsOf(columns) };
  };
}

/** See the server's `encode`. */
function decode(buffer: ArrayBuffer): MetricSeries {
  const head = Buffer.from(buffer).indexOf('\n') + 1;
  const statistics = JSON.parse(Buffer.from(buffer, 0, head).toString()) as MetricStatistics;
  const count = (buffer.byteLength - head) / 24;
  const column = (at: number) => new Float64Array(buffer, head + 8 * at * count, count);
  return { steps: column(0), timestamps: column(1), values: column(2), statistics };
}
