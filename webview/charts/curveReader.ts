import type { Host } from '../../src/protocol/channel.ts';
import type { ChartRun, ChartsRequests, Range, RunSeries, Series } from '../../src/protocol/charts.ts';

/** A run's points of a metric: of the whole curve, and more of them for the part that is looked at. */
export interface ReadSeries {
  readonly whole: Series;
  readonly part?: Series | undefined;
  /** Which part that is; another one is to be read when it is not the one that is looked at. */
  readonly partOf?: string | undefined;
}

interface Reading {
  readonly series: Map<string, ReadSeries>;
  /** Runs whose whole curve is to be read. */
  readonly wanted: Set<string>;
  isBusy: boolean;
  /** Something has changed since it was looked at. */
  isAsked: boolean;
}

/** All points of a card together, and the least that a curve has: a card has some hundred pixels. */
const [ALL_POINTS, LEAST_POINTS] = [40_000, 120];
/** ms that the user rests before the part that he looks at is read in full. */
const REST = 60;

/** Reads the curves of the cards that can be seen: once, and again where a run has gone on. */
export class CurveReader {
  readonly #host: Host<ChartsRequests>;
  readonly #onRead: (metricKey: string) => void;
  readonly #onFailure: (message: string) => void;
  readonly #metrics = new Map<string, Reading>();
  readonly #visible = new Set<string>();
  #runs: readonly ChartRun[] = [];
  #pointsOfCard = 1_000;
  #steps: ((metricKey: string, run: ChartRun, series: Series) => Range | undefined) | undefined;
  #part = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host<ChartsRequests>, onRead: (metricKey: string) => void, onFailure: (message: string) => void) {
    this.#host = host;
    this.#onRead = onRead;
    this.#onFailure = onFailure;
  }

  /** By run id. */
  get(metricKey: string): ReadonlyMap<string, ReadSeries> {
    return this.#metrics.get(metricKey)?.series ?? new Map();
  }

  /** Which runs are drawn. Those that are hidden are not read. */
  setRuns(runs: readonly ChartRun[]): void {
    this.#runs = runs;
    for (const key of this.#visible) void this.#read(key);
  }

  /** Everything may be another now; what was read stays until it has been read again. */
  forgetAll(): void {
    for (const { wanted, series } of this.#metrics.values()) for (const runId of series.keys()) wanted.add(runId);
    for (const key of this.#visible) void this.#read(key);
  }

  changed(runIds: readonly string[]): void {
    for (const { wanted } of this.#metrics.values()) for (const runId of runIds) wanted.add(runId);
    for (const key of this.#visible) void this.#read(key);
  }

  /** @param width px that its cards have */
  show(metricKey: string, width: number): void {
    this.#pointsOfCard = Math.max(this.#pointsOfCard, Math.ceil(2 * width));
    this.#visible.add(metricKey);
    void this.#read(metricKey);
  }

  hide(metricKey: string): void {
    this.#visible.delete(metricKey);
  }

  /**
   * Looks at a part of the curves, which is read with all the points that there is room for.
   * @param part tells one part from another; '' for all
   * @param steps the steps of the part in a run's series
   */
  look(part: string, steps: (metricKey: string, run: ChartRun, series: Series) => Range | undefined): void {
    if (part === this.#part) return;
    this.#part = part;
    this.#steps = steps;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const key of this.#visible) void this.#read(key);
    }, REST);
  }

  async #read(metricKey: string): Promise<void> {
    const reading = this.#reading(metricKey);
    reading.isAsked = true;
    if (reading.isBusy) return;
    reading.isBusy = true;
    try {
      while (reading.isAsked) {
        reading.isAsked = false;
        while (await this.#readOnce(metricKey, reading)) this.#onRead(metricKey);
      }
    } catch (error) {
      this.#onFailure(error instanceof Error ? error.message : String(error));
    }
    reading.isBusy = false;
  }

  /** @returns whether there was something to read */
  async #readOnce(metricKey: string, reading: Reading): Promise<boolean> {
    if (!this.#visible.has(metricKey)) return false;
    const { series, wanted } = reading;
    const whole = this.#runs.filter(({ runId }) => wanted.has(runId) || !series.has(runId));
    if (whole.length > 0) {
      const asked = whole.map(({ runId }) => runId);
      for (const runId of asked) wanted.delete(runId);
      const read = await this.#ask(
        metricKey,
        asked.map((runId) => ({ runId })),
      ).catch((error) => {
        for (const runId of asked) wanted.add(runId);
        throw error;
      });
      const found = new Map(read.map((one) => [one.runId, one.series]));
      for (const runId of asked) {
        // The part stays until it has been read again.
        series.set(runId, { whole: found.get(runId) ?? EMPTY, part: series.get(runId)?.part });
      }
      return true;
    }
    return this.#readPart(metricKey, series);
  }

  async #readPart(metricKey: string, series: Map<string, ReadSeries>): Promise<boolean> {
    const part = this.#part;
    const old = this.#runs.filter(({ runId }) => (series.get(runId)?.partOf ?? '') !== part);
    if (old.length === 0) return false;
    const parts = old.flatMap((run) => {
      const whole = series.get(run.runId)?.whole;
      // A curve that has all its points has them in every part.
      if (!whole || whole.total <= whole.steps.length || part === '') return [];
      const range = this.#steps?.(metricKey, run, whole);
      return range ? [{ runId: run.runId, steps: { from: range.min, to: range.max } }] : [];
    });
    const read = parts.length === 0 ? [] : await this.#ask(metricKey, parts);
    const found = new Map(read.map((one) => [one.runId, one.series]));
    for (const { runId } of old) {
      const whole = series.get(runId)?.whole;
      if (whole) series.set(runId, { whole, part: found.get(runId), partOf: part });
    }
    return true;
  }

  #ask(metricKey: string, runs: Parameters<ChartsRequests['readCurves']>[0]['runs']): Promise<readonly RunSeries[]> {
    const share = Math.floor(ALL_POINTS / Math.max(1, this.#runs.length));
    const points = Math.max(LEAST_POINTS, Math.min(this.#pointsOfCard, share));
    return this.#host.ask('readCurves', { metricKey, points, runs });
  }

  #reading(metricKey: string): Reading {
    const known = this.#metrics.get(metricKey);
    if (known) return known;
    const made: Reading = { series: new Map(), wanted: new Set(), isBusy: false, isAsked: false };
    this.#metrics.set(metricKey, made);
    return made;
  }
}

/** Of a run that has no such metric. */
const EMPTY: Series = {
  steps: new Float64Array(),
  times: new Float64Array(),
  values: new Float64Array(),
  total: 0,
  statistics: { last: undefined, min: undefined, max: undefined, lastStep: undefined },
};
