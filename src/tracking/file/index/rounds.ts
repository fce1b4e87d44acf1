import { Slices } from '../slices.ts';

/** Goes round and round through many things, some at a time, so that all get their turn and no turn is long. */
export class Rounds<T> {
  readonly #all: () => Iterable<T>;
  #rest: Iterator<T> | undefined;

  constructor(all: () => Iterable<T>) {
    this.#all = all;
  }

  /** Visits the next ones for about this long (ms of work), or up to the end of the round. @returns whether it has ended. */
  async goOn(time: number, visit: (item: T) => void): Promise<boolean> {
    const slices = new Slices();
    this.#rest ??= this.#all()[Symbol.iterator]();
    while (slices.spent < time) {
      if (slices.isOver) await slices.giveWay();
      const next = this.#rest.next();
      if (next.done) {
        this.#rest = undefined;
        return true;
      }
      visit(next.value);
    }
    return false;
  }
}
