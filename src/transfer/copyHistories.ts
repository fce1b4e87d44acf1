import type { Metric } from '../entities/metric.ts';
import type { Run } from '../entities/run.ts';
import { logTolerantly } from './logTolerantly.ts';
import type { Transfer } from './place.ts';

/** Points that are read at once, and that MLflow takes at once. */
const PAGE = 25_000;
const BATCH = 1_000;

/** Copies all points of all metrics, in the order of logging. */
export async function copyHistories(transfer: Transfer, run: Run, copyId: string): Promise<void> {
  let batch: Metric[] = [];
  const send = async () => {
    transfer.signal?.throwIfAborted();
    const points = batch;
    batch = [];
    await logTolerantly(transfer, points, (metrics) => transfer.to.tracking.logBatch(copyId, { metrics }));
    transfer.count({ points: points.length });
  };
  for (const key of run.data.metrics.keys()) {
    let pageToken: string | undefined;
    let early = 0;
    do {
      const options = { maxResults: PAGE, pageToken };
      const page = await transfer.from.tracking.getMetricHistory(run.info.runId, key, options);
      for (const { value, timestamp, step, datasetName, datasetDigest } of page.items) {
        // No server takes a time before 1970, which files of others may have.
        if (timestamp < 0) early += 1;
        // Logged models have other ids in the other place.
        batch.push({ key, value, timestamp: timestamp < 0 ? 0 : timestamp, step, datasetName, datasetDigest });
        if (batch.length === BATCH) await send();
      }
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
    if (early > 0) transfer.missing.push(`${key}: the times of ${early} points, which are before 1970`);
  }
  if (batch.length > 0) await send();
}
