/** Pieces that are done before something else gets its turn. */
const SIZE = 100;

/** Many small pieces of work that are asked for at once: they are done in slices, between which the editor goes on. */
export class Turns {
  #asked = 0;
  /** When the second slice, the third… have their turns. */
  readonly #turns: Promise<void>[] = [];

  /** @returns when the next piece can be done; nothing where that is now */
  next(): Promise<void> | undefined {
    if (this.#asked === 0) void this.#forget();
    const slice = Math.floor(this.#asked++ / SIZE);
    while (this.#turns.length < slice) {
      const before = this.#turns.at(-1);
      this.#turns.push(before ? before.then(otherTasks) : otherTasks());
    }
    return this.#turns[slice - 1];
  }

  /** Begins to count anew when all that was asked for has had its turn. */
  async #forget(): Promise<void> {
    await otherTasks();
    for (let done = 0; done < this.#turns.length; done++) await this.#turns[done];
    this.#asked = 0;
    this.#turns.length = 0;
  }
}

function otherTasks(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
