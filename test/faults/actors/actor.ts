import { differences, isBetween, isSame } from '../compare.ts';
import type { Shown, Stores } from '../stores.ts';

/** A change that somebody wants, and what is there when it is done. */
export interface Step {
  readonly name: string;
  readonly after: Shown;
  run(stores: Stores): Promise<unknown>;
}

/** Something that writes to things of its own, one change after the other, and knows what must be there. */
export interface Play {
  readonly name: string;
  /** What is there now. */
  read(stores: Stores): Promise<Shown>;
  /** What to do next. */
  next(now: Shown): Step;
}

export class Actor {
  readonly #play: Play;
  #now: Shown;
  #pending: Step | undefined;
  acknowledged = 0;

  constructor(play: Play, now: Shown) {
    this.#play = play;
    this.#now = now;
  }

  get isBusy(): boolean {
    return this.#pending !== undefined;
  }

  /** Changes things until the server is gone. @returns what it said that it should not have said. */
  async act(stores: Stores, isOver: () => boolean): Promise<string[]> {
    while (!isOver()) {
      const refusal = await this.once(stores);
      if (refusal !== undefined && !isOver()) return [`${this.#play.name}, ${this.#pending?.name}: ${refusal}`];
    }
    return [];
  }

  /** Makes one change. @returns the error that it ended with; after one, `check` has to say what is there. */
  async once(stores: Stores): Promise<unknown> {
    const step = this.#play.next(this.#now);
    this.#pending = step;
    try {
      await step.run(stores);
    } catch (error) {
      return error;
    }
    this.#pending = undefined;
    this.#now = step.after;
    this.acknowledged += 1;
    return undefined;
  }

  /** What is there must be what was acknowledged; the change that was not may be there, or a part of it. */
  async check(stores: Stores): Promise<string[]> {
    const pending = this.#pending;
    const shown = await this.#play.read(stores);
    const isRight = pending ? isBetween(this.#now, pending.after, shown) : isSame(shown, this.#now);
    const what = pending ? `during ${pending.name}` : 'idle';
    const wrong = isRight ? [] : [`${this.#play.name}, ${what}: ${differences(shown, this.#now)}`];
    this.#now = shown;
    this.#pending = undefined;
    return wrong;
  }
}
