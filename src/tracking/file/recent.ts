/** The entries that were set last, by key. */
export class Recent<K, V> extends Map<K, V> {
  readonly #most: number;

  /** @param most entries that are kept */
  constructor(most: number) {
    super();
    this.#most = most;
  }

  override set(key: K, value: V): this {
    this.delete(key);
    super.set(key, value);
    if (this.size > this.#most) {
      const [oldest] = this.keys();
      this.delete(oldest as K);
    }
    return this;
  }
}
