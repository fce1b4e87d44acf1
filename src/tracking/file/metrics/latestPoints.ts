import { compareRecency, type Metric } from '../../../entities/metric.ts';
import type { FileBytes, StartOf } from '../../../files/fileReader.ts';
import { SeenFile } from '../../../files/seenFile.ts';
import { Recent } from '../recent.ts';
import { findLatestLine, readPoints } from './metricBytes.ts';
import { PointColumns } from './pointColumns.ts';

/** bytes of a file that is not read whole each time that it has grown. */
const LONG = 64 * 1024;
const FILES = 1_000;
/** Room for the one that is found. */
const point = new PointColumns(1);

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
    const seen = read.start + read.bytes.length >= LONG ? SeenFile.of(before?.seen, read.bytes, read) : undefined;
    if (latest && seen?.endsWithLine) this.#known.set(file, { seen, latest });
    else if (this.#known.size > 0) this.#known.delete(file);
    return latest;
  }

  /** The later one of a point and those of new lines; `undefined` where a line has to be looked at closely. */
  #later(before: Metric | undefined, bytes: Buffer, key: string): Metric | undefined {
    if (before && bytes.length === 0) return before;
    const latest = findLatest(key, bytes);
    if (!before || !latest) return latest;
    return compareRecency(before, latest) < 0 ? latest : before;
  }
}

/**
 * The latest point of a metric file.
 * @returns `undefined` where a line is not of the common form: then `parseMetricFile` knows.
 */
export function findLatest(key: string, bytes: Buffer): Metric | undefined {
  const line = findLatestLine(bytes);
  if (line < 0) return undefined;
  point.count = 0;
  readPoints(bytes, line, point);
  const [[value = 0], [timestamp = 0], [step = 0]] = [point.values, point.timestamps, point.steps];
  return { key, value, timestamp, step };
}
