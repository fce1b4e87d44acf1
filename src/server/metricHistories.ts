import { invalidParameter } from '../entities/error.ts';
import { compareInt64, type Int64 } from '../entities/int64.ts';
import type { Metric } from '../entities/metric.ts';
import type { RunStore } from '../tracking/store.ts';
import { list, metricJson } from './json.ts';
import { type Message, missingParameter } from './message.ts';
import type { MessageHandler } from './route.ts';
import { sampleSteps } from './sampleSteps.ts';

/** The histories of one metric in many runs, which MLflow's pages draw at once. */

const MAX_RUNS = 100;
const MAX_POINTS = 25_000;
const MAX_SAMPLES = 2_500;

interface RunPoint {
  readonly runId: string;
  readonly point: Metric;
}

export const getHistoryBulk: MessageHandler = async ({ tracking }, message) => {
  const runIds = message.texts('run_id');
  if (runIds.length === 0) throw invalidParameter('GetMetricHistoryBulk request must specify at least one run_id.');
  checkRunCount('GetMetricHistoryBulk', 'cannot specify more than', runIds);
  const key = message.optionalText('metric_key');
  if (key === undefined) throw invalidParameter('GetMetricHistoryBulk request must specify a metric_key.');
  const limit = Math.min(message.optionalNumber('max_results') ?? MAX_POINTS, MAX_POINTS);
  if (limit < 0) throw invalidParameter("Invalid value for parameter 'max_results' supplied. It must not be negative.");
  const points: RunPoint[] = [];
  for (const runId of [...runIds].sort()) {
    const history = (await readHistory(tracking, runId, key)).sort(
      (a, b) => compareInt64(a.timestamp, b.timestamp) || compareInt64(a.step, b.step) || a.value - b.value,
    );
    for (const point of history) points.push({ runId, point });
  }
  return { metrics: points.slice(0, limit).map(pointJson) };
};

export const getHistoryBulkInterval: MessageHandler = async ({ tracking }, message) => {
  const runIds = message.texts('run_ids');
  if (runIds.length === 0) throw missingParameter('run_ids');
  const points = await sampleHistories(tracking, { runIds, key: message.text('metric_key'), ...readInterval(message) });
  return list('metrics', points.map(pointJson));
};

export interface Interval {
  /** Both or none; from 0 on when absent. */
  readonly steps: { readonly start: Int64; readonly end: Int64 } | undefined;
  readonly maxResults: number;
}

/** @throws INVALID_PARAMETER_VALUE */
export function readInterval(message: Message): Interval {
  const maxResults = message.optionalNumber('max_results') ?? MAX_SAMPLES;
  if (maxResults < 1 || maxResults > MAX_SAMPLES) {
    throw invalidParameter(`max_results must be between 1 and ${MAX_SAMPLES}.`);
  }
  const [start, end] = [message.optionalInteger('start_step'), message.optionalInteger('end_step')];
  if (start === undefined && end === undefined) return { steps: undefined, maxResults };
  if (start === undefined || end === undefined) {
    throw invalidParameter('If either start step or end step are specified, both must be specified.');
  }
  if (compareInt64(start, end) > 0) {
    throw invalidParameter(`end_step must be greater than start_step. Found start_step=${start} and end_step=${end}.`);
  }
  return { steps: { start, end }, maxResults };
}

/**
 * The points of all runs at steps that are spread evenly over those that exist, so that curves of different runs can be
 * compared; the first and last step of each run are among them.
 * @throws INVALID_PARAMETER_VALUE for too many runs.
 */
export async function sampleHistories(
  tracking: RunStore,
  { runIds, key, steps, maxResults }: Interval & { readonly runIds: readonly string[]; readonly key: string },
): Promise<readonly RunPoint[]> {
  checkRunCount('GetMetricHistoryBulkInterval', 'must specify at most', runIds);
  const histories: { readonly runId: string; readonly history: Metric[] }[] = [];
  for (const runId of runIds) histories.push({ runId, history: await readHistory(tracking, runId, key) });
  const sampled = sampleSteps(
    histories.map(({ history }) => history.map(({ step }) => step)),
    maxResults,
    steps,
  );
  const limit = Math.max(maxResults, sampled.size);
  return histories.flatMap(({ runId, history }) => {
    const points = history
      .filter(({ step }) => sampled.has(step))
      .sort((a, b) => compareInt64(a.step, b.step) || compareInt64(a.timestamp, b.timestamp));
    return spread(points, limit).map((point) => ({ runId, point }));
  });
}

/** Many points of few steps would be too many: evenly spread ones, the first and the last among them, stand for them. */
function spread<T>(items: readonly T[], limit: number): readonly T[] {
  if (items.length <= limit) return items;
  if (limit === 1) return items.slice(-1);
  const stride = (items.length - 1) / (limit - 1);
  return Array.from({ length: limit }, (_, at) => items[Math.round(at * stride)]).filter((item) => item !== undefined);
}

async function readHistory(tracking: RunStore, runId: string, key: string): Promise<Metric[]> {
  return [...(await tracking.getMetricHistory(runId, key)).items];
}

function pointJson({ runId, point }: RunPoint) {
  return metricJson(point, runId);
}

function checkRunCount(request: string, words: string, runIds: readonly string[]): void {
  if (runIds.length <= MAX_RUNS) return;
  throw invalidParameter(`${request} request ${words} ${MAX_RUNS} run_ids. Received ${runIds.length} run_ids.`);
}
