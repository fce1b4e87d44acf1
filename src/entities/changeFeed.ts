import type { Change, Subscription } from './change.ts';

type Listener = (changes: readonly Change[]) => void;

/** Long enough to gather what one request writes, short enough to feel immediate (ms). */
const BATCH_TIME = 30;

/** Collects changes and tells them to its listeners in batches, each change once a batch. */
export class ChangeFeed {
  readonly #listeners = new Set<Listener>();
  readonly #waiting = new Map<string, Change>();
  #timer: NodeJS.Timeout | undefined;

  get isHeard(): boolean {
    return this.#listeners.size > 0;
  }

  onDidChange(listener: Listener): Subscription {
    // A function of its own, so that one listener can subscribe twice.
    const own: Listener = (changes) => listener(changes);
    this.#listeners.add(own);
    return { dispose: () => void this.#listeners.delete(own) };
  }

  announce(change: Change): void {
    if (!this.isHeard) return;
    this.#waiting.set(JSON.stringify(change), change);
    this.#timer ??= setTimeout(() => this.#tell(), BATCH_TIME).unref();
  }

  #tell(): void {
    this.#timer = undefined;
    const changes = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const listener of this.#listeners) listener(changes);
  }
}
