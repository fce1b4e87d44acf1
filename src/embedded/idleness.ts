import type { Activity } from '../server/parts.ts';

export interface IdlenessOptions {
  /** ms without any user. */
  readonly limit: number;
  /** Whether it must go on although nobody asks: runs log to it. */
  isNeeded(): Promise<boolean>;
}

/** Watches whether anybody uses a server: requests, and windows that listen to its events. */
export class Idleness {
  readonly #options: IdlenessOptions;
  #users = 0;
  #since = performance.now();

  constructor(options: IdlenessOptions) {
    this.#options = options;
  }

  note(activity: Activity): void {
    this.#users += activity === 'began' ? 1 : -1;
    this.#since = performance.now();
  }

  async isOver(): Promise<boolean> {
    return (
      this.#users === 0 && performance.now() - this.#since >= this.#options.limit && !(await this.#options.isNeeded())
    );
  }
}
