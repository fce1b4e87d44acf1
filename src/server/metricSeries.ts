import type { MetricSeries, SeriesQuery } from '../entities/metricSeries.ts';
import { Message } from './message.ts';
import { respond } from './response.ts';
import type { RawHandler } from './route.ts';

/** Points that are sent when nothing is said, and at most. */
const POINTS = { default: 2_000, limit: 100_000 };

/** A metric's points to draw: doubles instead of JSON, which would take longer than reading the file. */
export const getMetricSeries: RawHandler = async ({ tracking }, request) => {
  const message = Message.ofQuery(request.query);
  const series = await tracking.getMetricSeries(message.runId(), message.text('metric_key'), readQuery(message));
  return respond(200, 'application/octet-stream', encode(series));
};

function readQuery(message: Message): SeriesQuery {
  const limit = Math.max(5, Math.min(message.optionalNumber('max_results') ?? POINTS.default, POINTS.limit));
  const [from, to] = [message.optionalNumber('start_step'), message.optionalNumber('end_step')];
  const isPart = from !== undefined || to !== undefined;
  return { limit, steps: isPart ? { from: from ?? -Infinity, to: to ?? Infinity } : undefined };
}

/** The statistics as a line of JSON, padded to a multiple of 8 bytes; then steps, timestamps and values (little-endian). */
function encode({ steps, timestamps, values, statistics }: MetricSeries): Uint8Array {
  const text = JSON.stringify(statistics);
  const head = Buffer.from(`${text.padEnd(Math.ceil((text.length + 1) / 8) * 8 - 1)}\n`);
  const columns = [steps, timestamps, values].map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  return Buffer.concat([head, ...columns]);
}
