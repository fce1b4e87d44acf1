import { Slices } from '../slices.ts';

/** About how long a turn takes (ms of work): at most, and where others have much to do. */
export interface TurnTime {
  readonly most: number;
  readonly least: number;
}

/** Goes round and round through many things, some at a time, so that all get their turn and no turn is long. */
export class Rounds<T> {
  readonly #all: () => Iterable<T>;
  #rest: Iterator<T> | undefined;

  constructor(all: () => Iterable<T>) {
    this.#all = all;
  }

  /** Visits the next ones for the time of a turn, or up to the end of the round. @returns whether it has ended. */
  async goOn({ most, least }: TurnTime, visit: (item: T) => void): Promise<boolean> {
    const slices = new Slices();
    this.#rest ??= this.#all()[Symbol.iterator]();
    while (slices.spent < most) {
      if (slices.isOver && (await slices.giveWay()) && slices.spent >= least) return false;
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
