import type { Host } from '../../src/protocol/channel.ts';
import type { ChartsRequests, DimensionValues } from '../../src/protocol/charts.ts';

/** What runs without a value are called together. */
const NONE = '(none)';

/** Which group each run belongs to, by the values of a dimension. */
export class Groups {
  readonly #host: Host<ChartsRequests>;
  readonly #onRead: () => void;
  #by: string | undefined;
  #current: ReadonlyMap<string, string> | undefined;

  constructor(host: Host<ChartsRequests>, onRead: () => void) {
    this.#host = host;
    this.#onRead = onRead;
  }

  /** Run id → label; undefined where runs are not grouped. */
  get current(): ReadonlyMap<string, string> | undefined {
    return this.#current;
  }

  get labels(): readonly string[] {
    return [...new Set(this.#current?.values())];
  }

  /** @param by id of the dimension */
  read(by: string | undefined): void {
    this.#by = by;
    if (by === undefined) this.#current = undefined;
    else void this.#read(by);
  }

  async #read(by: string): Promise<void> {
    const { runIds, values } = await this.#host.ask('readValues', [by]);
    if (this.#by !== by) return;
    const before = JSON.stringify([...(this.#current ?? [])]);
    this.#current = new Map(runIds.map((runId, at) => [runId, groupLabel(values[0], at)]));
    if (JSON.stringify([...this.#current]) !== before) this.#onRead();
  }
}

/** @param at place of the run */
export function groupLabel(values: DimensionValues | undefined, at: number): string {
  const number = values?.numbers[at] ?? Number.NaN;
  if (!values || Number.isNaN(number)) return NONE;
  const text = values.categories ? (values.categories[number] ?? NONE) : String(number);
  return `${values.label} = ${text}`;
}
