/** Texts that repeat more than so many ways are not worth to be shared. */
const SHARED_TEXTS = 1_000;

/** The values of one column of many rows, most of which may have none: two arrays, ordered by row. */
export class SparseColumn<V extends string | number> {
  readonly #rows: number[] = [];
  readonly #values: V[] = [];
  /** The same text read twice is kept once. */
  #shared: Map<V, V> | undefined = new Map();

  get size(): number {
    return this.#rows.length;
  }

  get(row: number): V | undefined {
    // A column that every row has needs no search.
    const at = this.#rows[row] === row ? row : this.#find(row);
    return this.#rows[at] === row ? this.#values[at] : undefined;
  }

  set(row: number, value: V): void {
    const kept = this.#share(value);
    const at = this.#find(row);
    if (this.#rows[at] === row) this.#values[at] = kept;
    else if (at === this.#rows.length) {
      this.#rows.push(row);
      this.#values.push(kept);
    } else {
      this.#rows.splice(at, 0, row);
      this.#values.splice(at, 0, kept);
    }
  }

  delete(row: number): void {
    const at = this.#find(row);
    if (this.#rows[at] !== row) return;
    this.#rows.splice(at, 1);
    this.#values.splice(at, 1);
  }

  /** In the order of rows. */
  values(): readonly V[] {
    return this.#values;
  }

  /** The first place whose row is not below. */
  #find(row: number): number {
    const last = this.#rows.at(-1);
    if (last === undefined || row > last) return this.#rows.length;
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#rows[middle] ?? 0) < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #share(value: V): V {
    if (!this.#shared || typeof value === 'number') return value;
    const known = this.#shared.get(value);
    if (known !== undefined) return known;
    if (this.#shared.size >= SHARED_TEXTS) this.#shared = undefined;
    else this.#shared.set(value, value);
    return value;
  }
}
