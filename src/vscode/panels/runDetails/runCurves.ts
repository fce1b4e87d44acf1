import { MlflowError } from '../../../entities/error.ts';
import type { Run } from '../../../entities/run.ts';
import { CURVE_POINTS, type MetricCurve, metricCurve } from '../../../views/runDetails/metricRows.ts';
import type { Connection } from '../../services/connections.ts';
import { doAtOnce } from '../../services/doAtOnce.ts';

/** Requests at a time: a page of metrics shall not keep the server from others. */
const AT_ONCE = 6;
/** Curves that are kept: some pages. */
const KEPT = 500;

/** The small curves of a run's metrics; read again only where a metric has a newer latest point. */
export class RunCurves {
  readonly #read = new Map<string, { readonly mark: string; readonly curve: MetricCurve }>();

  /** Those of the keys that the run has. */
  async read(connection: Connection, run: Run, keys: readonly string[]): Promise<readonly MetricCurve[]> {
    const wanted = keys.filter((key) => run.data.metrics.has(key));
    const curves: MetricCurve[] = [];
    await doAtOnce(AT_ONCE, wanted, async (key) => {
      const curve = await this.#curve(connection, run, key);
      if (curve) curves.push(curve);
    });
    return curves;
  }

  /** @returns none for a metric that cannot be read: it does not hide the others */
  async #curve(connection: Connection, run: Run, key: string): Promise<MetricCurve | undefined> {
    const { step, timestamp, value } = run.data.metrics.get(key) ?? {};
    const mark = `${step} ${timestamp} ${value}`;
    const known = this.#read.get(key);
    if (known?.mark === mark) return known.curve;
    const series = await connection.getMetricSeries(run.info.runId, key, { limit: CURVE_POINTS }).catch(refused);
    if (!series) return undefined;
    const curve = metricCurve(key, series);
    this.#read.delete(key);
    this.#read.set(key, { mark, curve });
    for (const oldest of this.#read.keys()) {
      if (this.#read.size <= KEPT) break;
      this.#read.delete(oldest);
    }
    return curve;
  }
}

function refused(error: unknown): undefined {
  if (!(error instanceof MlflowError)) throw error;
}
