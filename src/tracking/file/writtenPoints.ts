import { readText, stat } from '../../files/read.ts';

/** Only the end of a long file is looked at: what is logged twice is logged again soon (bytes). */
const TAIL = 64 * 1024;
const FILES = 512;

interface Known {
  readonly size: number;
  readonly lines: Set<string>;
}

/**
 * Knows the last lines of metric files, so that a point that is logged again is not written again: MLflow 3 logs a run's
 * metrics once more with each model, and `mlflow migrate-filestore` fails on equal lines.
 */
export class WrittenPoints {
  readonly #files = new Map<string, Known>();

  /** The lines that the file does not have yet. Counts on the caller to append them. */
  onlyNew(file: string, lines: readonly string[]): string[] {
    const size = stat(file)?.size ?? 0;
    const known = this.#files.get(file);
    // Another process may have written meanwhile: then the size is not ours.
    const seen = known?.size === size ? known.lines : readTail(file);
    const fresh = lines.filter((line) => !seen.has(line) && seen.add(line));
    const added = fresh.reduce((bytes, line) => bytes + Buffer.byteLength(line), 0);
    this.#remember(file, { size: size + added, lines: seen });
    return fresh;
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
