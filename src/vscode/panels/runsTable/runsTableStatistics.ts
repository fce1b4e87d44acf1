import type { MetricSeries } from '../../../entities/metricSeries.ts';
import { isLessBetter } from '../../../views/betterValue.ts';
import { curvePath, extentOf } from '../../../views/curvePath.ts';
import type { Row } from '../../../views/runsTable/arrange.ts';
import type { BlockStatistics } from '../../../views/runsTable/block.ts';
import { statisticKey } from '../../../views/runsTable/cells.ts';
import { keyOf } from '../../../views/runsTable/columnIds.ts';
import type { ColumnChoice } from '../../../views/runsTable/columns.ts';
import type { RunColumns } from '../../../views/runsTable/runColumns.ts';
import { wantedStatistics } from '../../../views/runsTable/wantedStatistics.ts';
import type { Connection } from '../../services/connections.ts';

/** Points of a small curve, and its size (px). */
const [POINTS, WIDTH, HEIGHT] = [60, 72, 16];
/** Requests that are under way at once. */
const AT_ONCE = 8;
/** Metrics of runs whose statistics are kept. */
export const KEPT = 20_000;

/** The statistics of the runs that can be seen: read once, and again when the run has gone on. */
export class RunsTableStatistics implements BlockStatistics {
  readonly #connection: () => Connection;
  readonly #tell: () => void;
  /** Run and metric → what its points say, beside the latest value that it was read for. */
  readonly #read = new Map<string, { readonly series: MetricSeries; mark: unknown }>();
  readonly #waiting = new Map<string, { readonly runId: string; readonly key: string; readonly mark: unknown }>();
  #reading: Promise<void> | undefined;
  #failure: Error | undefined;

  constructor(connection: () => Connection, tell: () => void) {
    this.#connection = connection;
    this.#tell = tell;
  }

  number(runId: string, { id, statistic }: ColumnChoice): number | undefined {
    const series = this.#read.get(place(runId, id))?.series;
    if (!series) return undefined;
    return statisticOf(series, keyOf(id), statistic) ?? Number.NaN;
  }

  curve(runId: string, { id }: ColumnChoice): string | undefined {
    const series = this.#read.get(place(runId, id))?.series;
    const [x, y] = [extentOf([series?.steps ?? new Float64Array()]), extentOf([series?.values ?? new Float64Array()])];
    if (!series || !x || !y) return undefined;
    return curvePath(series, { x: 1, y: 2, width: WIDTH - 2, height: HEIGHT - 4 }, x, y) || undefined;
  }

  /** @param mark changes when the run has logged more */
  want(runId: string, id: string, mark: unknown): void {
    const known = this.#read.get(place(runId, id));
    if (known && Object.is(known.mark, mark)) return;
    this.#waiting.set(place(runId, id), { runId, key: keyOf(id), mark });
    this.#reading ??= this.#readWaiting();
  }

  /** Wants what some rows show. @returns how many that are, read or not; more than can be kept are not read at all */
  wantAll(columns: RunColumns, rows: readonly Row[], choices: readonly ColumnChoice[]): number {
    const found = wantedStatistics(columns, rows, choices);
    if (found.length <= KEPT) for (const { runId, id, mark } of found) this.want(runId, id, mark);
    return found.length;
  }

  /** Reads all that is wanted. @throws where the server cannot be asked */
  async settle(): Promise<void> {
    await this.#reading;
    if (this.#failure) throw this.#failure;
  }

  async #readWaiting(): Promise<void> {
    this.#failure = undefined;
    while (this.#waiting.size > 0) {
      // The latest first: what was scrolled past is no longer looked at.
      const batch = [...this.#waiting].slice(-4 * AT_ONCE);
      for (const [at] of batch) this.#waiting.delete(at);
      const next = batch.values();
      let count = 0;
      const work = async () => {
        for (const [at, { runId, key, mark }] of next) {
          const series = await this.#connection().getMetricSeries(runId, key, { limit: POINTS });
          this.#read.set(at, { series, mark });
          count += 1;
        }
      };
      const outcomes = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
      for (const at of [...this.#read.keys()].slice(0, Math.max(0, this.#read.size - KEPT))) this.#read.delete(at);
      if (count > 0) this.#tell();
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (!failed) continue;
      // The server is away: they are wanted again when the rows are.
      this.#waiting.clear();
      this.#failure = failed.reason instanceof Error ? failed.reason : new Error(String(failed.reason));
    }
    this.#reading = undefined;
  }
}

function statisticOf(series: MetricSeries, key: string, statistic: ColumnChoice['statistic']): number | undefined {
  const { min, max, first, last } = series.statistics;
  switch (statistic) {
    case 'min':
      return min?.value;
    case 'max':
      return max?.value;
    case 'first':
      return first?.value;
    case 'bestStep':
      return (isLessBetter(key, series.values) ? min : max)?.step;
    default:
      return last?.value;
  }
}

function place(runId: string, id: string): string {
  return statisticKey(runId, { id });
}
