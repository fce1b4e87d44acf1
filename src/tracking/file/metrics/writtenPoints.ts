import type { Int64 } from '../../../entities/int64.ts';
import type { Metric } from '../../../entities/metric.ts';
import { readText } from '../../../files/read.ts';
import { Recent } from '../recent.ts';
import { formatMetricLine, parseMetricFile } from './metricFile.ts';

/** Only the end of a long file is looked at: what is logged twice is logged again soon (bytes). */
const TAIL = 64 * 1024;
/** Lines that are remembered: of one file, of one of many files, and of all that are written at the same time. */
const LINES = { most: 2_000, least: 200, all: 50_000 };
const FILES = 512;

/** A file whose end can be looked at. */
interface Ending {
  /** bytes */
  readonly size: number;
  endsAt(size: number): boolean;
}

/**
 * Knows the last lines of metric files, so that a point that is logged again is not written again: MLflow 3 logs a run's
 * metrics once more with each model, and `mlflow migrate-filestore` fails on equal lines.
 */
export class WrittenPoints {
  readonly #files = new Recent<string, WrittenFile>(FILES);

  /** Whether the file was written by this object, and not long ago. */
  has(file: string): boolean {
    return this.#files.has(file);
  }

  /**
   * The lines of the points that the file does not have yet, which are about to be appended.
   * @param open the file: where another process has written meanwhile, it does not end where it did.
   */
  onlyNew(file: string, open: Ending, points: readonly Metric[]): string {
    let written = this.#files.get(file);
    if (!written || !open.endsAt(written.size)) {
      written = new WrittenFile(open.size, open.size === 0 ? '' : readTail(file));
      this.#files.set(file, written);
    }
    return written.onlyNew(points);
  }

  /** The lines were not appended. */
  forget(file: string): void {
    this.#files.delete(file);
  }

  /** The lines were appended. @param size of the file now (bytes). */
  wrote(file: string, size: number): void {
    const written = this.#files.get(file);
    if (!written) return;
    written.size = size;
    written.forgetOldest(Math.min(LINES.most, Math.max(LINES.least, LINES.all / this.#files.size)));
  }
}

/** Some lines in the order of writing. */
interface Lines {
  readonly text: string;
  readonly count: number;
}

const NONE: Lines = { text: '', count: 0 };

/**
 * The last lines of one file. Nearly every point comes later than all before it, so that it cannot be among them; the lines
 * are taken apart only when one comes that does not.
 */
class WrittenFile {
  /** bytes */
  size: number;
  #latestTime: Int64 = Number.NEGATIVE_INFINITY;
  #latestStep: Int64 = Number.NEGATIVE_INFINITY;
  #latestStepOfTime: Int64 = Number.NEGATIVE_INFINITY;
  /** The older lines, one by one. */
  readonly #apart = new Set<string>();
  /** The newer ones, of which so many are forgotten: taking the first of thousands away would move all others. */
  #together: Lines[] = [];
  #forgotten = 0;
  #count = 0;

  constructor(size: number, tail: string) {
    this.size = size;
    const { points } = parseMetricFile('', tail);
    for (const point of points) this.#isLater(point);
    this.#keep({ text: tail, count: points.length });
  }

  onlyNew(points: readonly Metric[]): string {
    let [all, text, count] = ['', '', 0];
    for (const point of points) {
      const line = formatMetricLine(point);
      if (this.#isLater(point)) {
        text += line;
        count += 1;
        continue;
      }
      this.#keep({ text, count });
      all += text;
      [text, count] = ['', 0];
      this.#takeApart();
      if (this.#apart.has(line)) continue;
      this.#apart.add(line);
      all += line;
    }
    this.#keep({ text, count });
    return all + text;
  }

  /** Keeps so many lines, and up to as many more. */
  forgetOldest(limit: number): void {
    if (this.#count >= limit) {
      this.#apart.clear();
      for (;;) {
        const oldest = this.#together[this.#forgotten]?.count ?? 0;
        if (oldest === 0 || this.#count - oldest < limit) break;
        this.#count -= oldest;
        this.#together[this.#forgotten] = NONE;
        this.#forgotten += 1;
      }
      if (this.#forgotten > limit) {
        this.#together = this.#together.slice(this.#forgotten);
        this.#forgotten = 0;
      }
    } else if (this.#apart.size > 2 * limit) {
      for (const line of this.#apart) {
        if (this.#apart.size <= limit) break;
        this.#apart.delete(line);
      }
    }
  }

  /** Whether no earlier point can be the same, since none was of so late a time or of so high a step. */
  #isLater({ timestamp, step }: Metric): boolean {
    const isLaterStep = step > this.#latestStep;
    if (isLaterStep) this.#latestStep = step;
    if (timestamp > this.#latestTime) {
      [this.#latestTime, this.#latestStepOfTime] = [timestamp, step];
      return true;
    }
    if (timestamp < this.#latestTime || step <= this.#latestStepOfTime) return isLaterStep;
    this.#latestStepOfTime = step;
    return true;
  }

  #keep(lines: Lines): void {
    if (lines.text === '') return;
    this.#together.push(lines);
    this.#count += lines.count;
  }

  #takeApart(): void {
    for (const { text } of this.#together) {
      for (const line of text.split('\n')) if (line !== '') this.#apart.add(`${line}\n`);
    }
    this.#together = [];
    this.#forgotten = 0;
    this.#count = 0;
  }
}

function readTail(file: string): string {
  return (readText(file) ?? '').slice(-TAIL);
}
