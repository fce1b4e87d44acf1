import type { Run } from '../entities/run.ts';
import { runJson } from './json.ts';

const [OPEN, COMMA, CLOSE] = ['[', ',', ']'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];

/**
 * Runs as the bytes of their JSON. Making them is most of what a page of a thousand runs costs, and the same pages are
 * asked for again and again: a store that answers with the same entity as before has its bytes as before.
 */
export class RunTexts {
  readonly #known = new WeakMap<Run, Buffer>();

  /** A list of runs, in parts. */
  list(runs: readonly Run[]): readonly Buffer[] {
    return [OPEN, ...runs.flatMap((run, at) => (at === 0 ? [this.#of(run)] : [COMMA, this.#of(run)])), CLOSE];
  }

  #of(run: Run): Buffer {
    let bytes = this.#known.get(run);
    if (bytes === undefined) {
      bytes = Buffer.from(JSON.stringify(runJson(run)));
      this.#known.set(run, bytes);
    }
    return bytes;
  }
}
