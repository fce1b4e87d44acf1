import { readText } from '../../files/read.ts';

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

interface Known {
  size: number;
  /** In the order of writing. */
  readonly lines: Set<string>;
}

/**
 * Knows the last lines of metric files, so that a point that is logged again is not written again: MLflow 3 logs a run's
 * metrics once more with each model, and `mlflow migrate-filestore` fails on equal lines.
 */
export class WrittenPoints {
  readonly #files = new Map<string, Known>();

  /** Whether the file was written by this object, and not long ago. */
  has(file: string): boolean {
    return this.#files.has(file);
  }

  /**
   * The lines that the file does not have yet, which are about to be appended.
   * @param open the file: where another process has written meanwhile, it does not end where it did.
   */
  onlyNew(file: string, open: Ending, lines: readonly string[]): string[] {
    let known = this.#files.get(file);
    if (!known || !open.endsAt(known.size)) {
      const { size } = open;
      known = { size, lines: size === 0 ? new Set() : readTail(file) };
      this.#remember(file, known);
    }
    const seen = known.lines;
    const fresh: string[] = [];
    for (const line of lines) {
      if (seen.has(line)) continue;
      seen.add(line);
      fresh.push(line);
    }
    return fresh;
  }

  /** The lines were not appended. */
  forget(file: string): void {
    this.#files.delete(file);
  }

  /** The lines were appended. @param size of the file now (bytes). */
  wrote(file: string, size: number): void {
    const known = this.#files.get(file);
    if (!known) return;
    known.size = size;
    const limit = Math.min(LINES.most, Math.max(LINES.least, LINES.all / this.#files.size));
    if (known.lines.size <= 2 * limit) return;
    for (const line of known.lines) {
      if (known.lines.size <= limit) break;
      known.lines.delete(line);
    }
  }

  #remember(file: string, known: Known): void {
    this.#files.delete(file);
    this.#files.set(file, known);
    const [oldest] = this.#files.keys();
    if (this.#files.size > FILES && oldest !== undefined) this.#files.delete(oldest);
  }
}

function readTail(file: string): Set<string> {
  const text = readText(file) ?? '';
  const lines = text.slice(-TAIL).split('\n');
  return new Set(lines.map((line) => `${line}\n`));
}
