import type { Metric } from '../../entities/metric.ts';
import type { FileBytes, StartOf } from '../../files/fileReader.ts';
import { readRange } from '../../files/read.ts';
import { findLatest } from './metricBytes.ts';

/** bytes of a file that is not read whole each time that it has grown. */
const LONG = 64 * 1024;
/** bytes before the end of what was read: where they are the same, the file was only appended to. */
const SEAM = 64;
const FILES = 1_000;
const NEWLINE = 10;

interface Known {
  readonly ino: number;
  /** bytes */
  readonly size: number;
  readonly seam: Buffer;
  readonly latest: Metric;
}

/**
 * Finds the latest points of metric files. A long file that has grown is read on from where it ended: the files of a run
 * that is going on are read every second.
 */
export class LatestPoints {
  readonly #known = new Map<string, Known>();

  /** Where the reading of a file has to begin (bytes). */
  startOf(file: string): StartOf {
    return (handle, stats) => {
      const known = this.#known.get(file);
      if (known === undefined) return 0;
      const { ino, size, seam } = known;
      const hasGrown = stats.ino === ino && stats.size >= size && readRange(handle, size - SEAM, size).equals(seam);
      return hasGrown ? size : 0;
    };
  }

  /**
   * @param read the file's bytes from `startOf` on
   * @returns `undefined` where these do not tell: then the file is read whole the next time.
   */
  find(key: string, file: string, { bytes, start, ino }: FileBytes): Metric | undefined {
    const before = start > 0 ? this.#known.get(file) : undefined;
    const latest = later(before?.latest, bytes, key);
    const size = start + bytes.length;
    const isWhole = bytes.length === 0 || bytes.at(-1) === NEWLINE;
    if (latest && size >= LONG && isWhole) {
      const seam = Buffer.concat([before?.seam ?? Buffer.alloc(0), bytes.subarray(-SEAM)]).subarray(-SEAM);
      this.#remember(file, { ino, size, seam, latest });
    } else {
      this.#known.delete(file);
    }
    return latest;
  }

  #remember(file: string, known: Known): void {
    this.#known.delete(file);
    this.#known.set(file, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > FILES && oldest !== undefined) this.#known.delete(oldest);
  }
}

/** The later one of a point and those of new lines; `undefined` where two are equally late, or a line has to be looked at closely. */
function later(before: Metric | undefined, bytes: Buffer, key: string): Metric | undefined {
  if (before && bytes.length === 0) return before;
  const latest = findLatest(key, bytes);
  if (!before || !latest) return latest;
  if (latest.step === before.step && latest.timestamp === before.timestamp) return undefined;
  const isLater = latest.step > before.step || (latest.step === before.step && latest.timestamp > before.timestamp);
  return isLater ? latest : before;
}
