/** ms between two rounds. */
const INTERVAL = 250;

/**
 * Gathers what comes in, each thing once, and hands it on at most four times a second, one round at a time: the first at
 * once, so that a single change is seen without delay.
 */
export class ChangeQueue<T> {
  readonly #apply: (items: readonly T[]) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  readonly #keyOf: (item: T) => unknown;
  #waiting = new Map<unknown, T>();
  #timer: NodeJS.Timeout | undefined;
  #busy = false;
  #disposed = false;

  /** @param keyOf what two items have in common that are the same change; the item itself when absent */
  constructor(
    apply: (items: readonly T[]) => Promise<void>,
    onError: (error: unknown) => void,
    keyOf: (item: T) => unknown = (item) => item,
  ) {
    this.#apply = apply;
    this.#onError = onError;
    this.#keyOf = keyOf;
  }

  push(items: readonly T[]): void {
    for (const item of items) this.#waiting.set(this.#keyOf(item), item);
    if (!this.#busy && this.#timer === undefined) this.#schedule(0);
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
  }

  #schedule(delay: number): void {
    this.#timer = setTimeout(() => void this.#round(), delay);
  }

  async #round(): Promise<void> {
    this.#timer = undefined;
    const items = [...this.#waiting.values()];
    this.#waiting.clear();
    if (items.length === 0 || this.#disposed) return;
    this.#busy = true;
    try {
      await this.#apply(items);
    } catch (error) {
      this.#onError(error);
    }
    this.#busy = false;
    // Also with nothing waiting: the pause is what keeps the next one from being a burst.
    if (!this.#disposed) this.#schedule(INTERVAL);
  }
}
