import type { Host } from '../../src/protocol/channel.ts';
import type { ChartsRequests, DimensionValues } from '../../src/protocol/charts.ts';

/** What runs have of some dimensions. */
export interface RunValues {
  get(id: string): DimensionValues | undefined;
  /** Place of a run among the values. */
  place(runId: string): number;
}

/** ms between two readings while runs go on. */
const PAUSE = 400;

/** Reads the values of the dimensions that are asked for, and again when runs have gone on. */
export class Values implements RunValues {
  readonly #host: Host<ChartsRequests>;
  readonly #onRead: () => void;
  readonly #wanted = new Set<string>();
  #values = new Map<string, DimensionValues>();
  #places = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isBusy = false;
  #isOld = false;

  constructor(host: Host<ChartsRequests>, onRead: () => void) {
    this.#host = host;
    this.#onRead = onRead;
  }

  get(id: string): DimensionValues | undefined {
    if (!this.#wanted.has(id)) {
      this.#wanted.add(id);
      this.#readSoon(0);
    }
    return this.#values.get(id);
  }

  place(runId: string): number {
    return this.#places.get(runId) ?? -1;
  }

  refresh(): void {
    if (this.#wanted.size > 0) this.#readSoon(PAUSE);
  }

  #readSoon(pause: number): void {
    this.#isOld = true;
    if (!this.#isBusy) this.#timer ??= setTimeout(() => void this.#read(), pause);
  }

  /** Where the server is away, the line at the top says so; what was read stays. */
  async #read(): Promise<void> {
    this.#timer = undefined;
    this.#isBusy = true;
    this.#isOld = false;
    const ids = [...this.#wanted];
    const reply = await this.#host.ask('readValues', ids).catch(() => undefined);
    this.#isBusy = false;
    if (reply) {
      this.#values = new Map(reply.values.map((values) => [values.id, values]));
      this.#places = new Map(reply.runIds.map((runId, at) => [runId, at]));
      this.#onRead();
    }
    if (this.#isOld) this.#readSoon(PAUSE);
  }
}
