import { MlflowError } from '../../../entities/error.ts';
import type { MetricSeries } from '../../../entities/metricSeries.ts';
import type { Run } from '../../../entities/run.ts';
import { type ComparedCurve, comparedCurve } from '../../../views/compareRuns/curves.ts';
import { coloredRun, distinctColors } from '../../../views/runColor.ts';
import type { Connection } from '../../services/connections.ts';
import { doAtOnce } from '../../services/doAtOnce.ts';

/** Points of a curve, requests at a time, and curves that are kept. */
const [POINTS, AT_ONCE, KEPT] = [60, 6, 3_000];

/** Small curves of metrics of several runs; each is read once, and again when its run has logged more. */
export class ComparedCurves {
  readonly #connectionOf: (runId: string) => Connection;
  readonly #read = new Map<string, { readonly mark: string; readonly series: MetricSeries }>();

  /** @param connectionOf the server of a run */
  constructor(connectionOf: (runId: string) => Connection) {
    this.#connectionOf = connectionOf;
  }

  async read(runs: readonly Run[], keys: readonly string[]): Promise<readonly ComparedCurve[]> {
    const wanted = keys.flatMap((key) => runs.filter(({ data }) => data.metrics.has(key)).map((run) => ({ run, key })));
    const found = new Map<string, Map<string, MetricSeries>>(keys.map((key) => [key, new Map()]));
    await doAtOnce(AT_ONCE, wanted, async ({ run, key }) => {
      const series = await this.#series(run, key);
      if (series) found.get(key)?.set(run.info.runId, series);
    });
    const looks = distinctColors(runs.map(coloredRun));
    return [...found].map(([key, curves]) => {
      const ordered = runs.flatMap(({ info }) => {
        const series = curves.get(info.runId);
        return series ? [[info.runId, series] as const] : [];
      });
      return comparedCurve(key, new Map(ordered), looks);
    });
  }

  async #series({ info, data }: Run, key: string): Promise<MetricSeries | undefined> {
    const { step, timestamp, value } = data.metrics.get(key) ?? {};
    const [place, mark] = [`${info.runId} ${key}`, `${step} ${timestamp} ${value}`];
    const known = this.#read.get(place);
    if (known?.mark === mark) return known.series;
    const reading = this.#connectionOf(info.runId).getMetricSeries(info.runId, key, { limit: POINTS });
    // A metric that is refused does not hide the others; a server that is away does.
    const series = await reading.catch((error) => {
      if (!(error instanceof MlflowError)) throw error;
    });
    if (!series) return undefined;
    this.#read.set(place, { mark, series });
    for (const oldest of [...this.#read.keys()].slice(0, Math.max(0, this.#read.size - KEPT)))
      this.#read.delete(oldest);
    return series;
  }
}
