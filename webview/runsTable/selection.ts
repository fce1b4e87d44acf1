import type { BoxState } from './header.ts';

/** The selected runs, by their ids: rows may not have been read. */
export class Selection {
  #runIds: Set<string>;
  /** Row from which a range is selected. */
  from = 0;

  constructor(runIds: readonly string[]) {
    this.#runIds = new Set(runIds);
  }

  get runIds(): readonly string[] {
    return [...this.#runIds];
  }

  get size(): number {
    return this.#runIds.size;
  }

  has(runId: string): boolean {
    return this.#runIds.has(runId);
  }

  replace(runIds: readonly string[]): void {
    this.#runIds = new Set(runIds);
  }

  toggle(runId: string): void {
    if (!this.#runIds.delete(runId)) this.#runIds.add(runId);
  }

  state(total: number): BoxState {
    if (this.size === 0) return 'none';
    return this.size >= total ? 'all' : 'some';
  }
}
