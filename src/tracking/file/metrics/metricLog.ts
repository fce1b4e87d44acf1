import type { Metric } from '../../../entities/metric.ts';
import { OpenFiles } from '../../../files/openFiles.ts';
import { checkKeysFit, checkSpelling, writing } from '../keyFiles.ts';
import { keyFile, METRICS } from '../layout.ts';
import { WrittenPoints } from './writtenPoints.ts';

/** Appends metrics to runs. */
export class MetricLog {
  readonly #files: OpenFiles;
  readonly #written = new WrittenPoints();

  /** @param onError told where metrics that had been written were lost with their file (see `OpenFiles`) */
  constructor(onError: (error: unknown) => void) {
    this.#files = new OpenFiles(onError);
  }

  /** Checks names before the first of them is written. @throws INVALID_PARAMETER_VALUE where one will not be possible. */
  checkFit(runFolder: string, metrics: readonly Metric[]): void {
    const keys = new Set(metrics.map(({ key }) => key));
    const unknown = [...keys].some((key) => !this.#written.has(keyFile(runFolder, METRICS, key)));
    if (unknown) checkKeysFit(runFolder, METRICS, [...keys]);
  }

  write(runFolder: string, metrics: readonly Metric[]): void {
    const [only] = metrics;
    if (only && metrics.length === 1) {
      this.#append(runFolder, only.key, metrics);
      return;
    }
    for (const [key, points] of Map.groupBy(metrics, (metric) => metric.key)) {
      this.#append(runFolder, key, points);
    }
  }

  #append(runFolder: string, key: string, points: readonly Metric[]): void {
    const file = keyFile(runFolder, METRICS, key);
    if (!this.#written.has(file)) checkSpelling(runFolder, METRICS, key);
    try {
      writing(file, key, () => {
        const open = this.#files.open(file, runFolder);
        const fresh = this.#written.onlyNew(file, open, points);
        if (fresh === '') return;
        open.append(fresh);
        this.#written.wrote(file, open.size);
      });
    } catch (error) {
      this.#written.forget(file);
      this.#files.drop(file);
      throw error;
    }
  }
}
