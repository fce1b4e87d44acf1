import type { Run } from '../entities/run.ts';
import { runJson } from './json.ts';

/**
 * Runs as JSON text. Making it is most of what a page of a thousand runs costs, and the same pages are asked for again and
 * again: a store that answers with the same entity as before has its text as before.
 */
export class RunTexts {
  readonly #known = new WeakMap<Run, string>();

  of(run: Run): string {
    let text = this.#known.get(run);
    if (text === undefined) {
      text = JSON.stringify(runJson(run));
      this.#known.set(run, text);
    }
    return text;
  }
}
