import { compareRecency, type Metric } from '../../../entities/metric.ts';
import type { FileBytes, StartOf } from '../../../files/fileReader.ts';
import { SeenFile } from '../../../files/seenFile.ts';
import { Recent } from '../recent.ts';
import { readPoints } from './metricBytes.ts';
import { PointColumns } from './pointColumns.ts';

/** bytes of a file that is not read whole each time that it has grown. */
const LONG = 64 * 1024;
const FILES = 1_000;
/** Points that are read at a time. */
const BATCH = 512;

interface Known {
  readonly seen: SeenFile;
  readonly latest: Metric;
}

/**
 * Finds the latest points of metric files. A long file that has grown is read on from where it ended: the files of a run
 * that is going on are read every second.
 */
export class LatestPoints {
  readonly #known = new Recent<string, Known>(FILES);
  readonly #batch = new PointColumns(BATCH);

  /** Where the reading of a file has to begin (bytes). */
  startOf(file: string): StartOf {
    return (handle, stats) => {
      const seen = this.#known.get(file)?.seen;
      return seen?.holds(handle, stats) ? seen.size : 0;
    };
  }

  /**
   * @param read the file's bytes from `startOf` on
   * @returns `undefined` where these do not tell: then the file is read whole the next time.
   */
  find(key: string, file: string, read: FileBytes): Metric | undefined {
    const before = read.start > 0 ? this.#known.get(file) : undefined;
    const latest = this.#later(before?.latest, read.bytes, key);
    const seen = SeenFile.of(before?.seen, read.bytes, read);
    if (latest && seen.size >= LONG && seen.endsWithLine) this.#known.set(file, { seen, latest });
    else this.#known.delete(file);
    return latest;
  }

  /** The later one of a point and those of new lines; `undefined` where two are equally late, or a line has to be looked at closely. */
  #later(before: Metric | undefined, bytes: Buffer, key: string): Metric | undefined {
    if (before && bytes.length === 0) return before;
    const latest = findLatest(key, bytes, this.#batch);
    if (!before || !latest) return latest;
    if (latest.step === before.step && latest.timestamp === before.timestamp) return undefined;
    return compareRecency(before, latest) < 0 ? latest : before;
  }
}

/**
 * The latest point of a metric file.
 * @param batch room for points that are read at a time
 * @returns `undefined` where a line is not of the common form or two lines are equally late: then `parseMetricFile` knows.
 */
export function findLatest(key: string, bytes: Buffer, batch: PointColumns): Metric | undefined {
  const { steps, timestamps, values } = batch;
  let latest: { step: number; timestamp: number; value: number } | undefined;
  for (let start = 0; start < bytes.length; ) {
    batch.count = 0;
    start = readPoints(bytes, start, batch);
    if (start < bytes.length && batch.count < batch.room) return undefined;
    for (let at = 0; at < batch.count; at++) {
      const step = steps[at] ?? 0;
      const timestamp = timestamps[at] ?? 0;
      if (latest && step === latest.step && timestamp === latest.timestamp) return undefined;
      if (latest && (step < latest.step || (step === latest.step && timestamp < latest.timestamp))) continue;
      latest = { step, timestamp, value: values[at] ?? 0 };
    }
  }
  return latest && { key, ...latest };
}
