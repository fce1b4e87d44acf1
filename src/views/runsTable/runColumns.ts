import type { Run } from '../../entities/run.ts';
import { compareRows, type SortKey } from './order.ts';
import { SparseColumn } from './sparseColumn.ts';

/** System tags can be whole histories of models: what a table shows of them is enough. */
const SYSTEM_TAG_LENGTH = 500;

type Value = string | number;

/**
 * The runs of a table as columns: a hundred thousand runs as some arrays, not as a hundred thousand objects. Columns are
 * named as in MLflow's search language (`attributes.start_time`, `metrics.rmse`); a run has a slot, which it keeps.
 */
export class RunColumns {
  readonly #columns = new Map<string, SparseColumn<Value>>();
  readonly #slots = new Map<string, number>();
  readonly #runIds: string[] = [];
  #order: number[] = [];
  /** Slots of runs that are known for their children only. */
  readonly #context = new Set<number>();

  /** Slots in the order of the table. */
  get order(): readonly number[] {
    return this.#order;
  }

  ids(): readonly string[] {
    return [...this.#columns.keys()];
  }

  column(id: string): SparseColumn<Value> | undefined {
    return this.#columns.get(id);
  }

  value(slot: number, id: string): Value | undefined {
    return this.#columns.get(id)?.get(slot);
  }

  number(slot: number, id: string): number | undefined {
    const value = this.value(slot, id);
    return typeof value === 'number' ? value : undefined;
  }

  text(slot: number, id: string): string | undefined {
    const value = this.value(slot, id);
    return value === undefined ? undefined : String(value);
  }

  runId(slot: number): string {
    return this.#runIds[slot] ?? '';
  }

  slot(runId: string): number | undefined {
    return this.#slots.get(runId);
  }

  /** Whether a run does not match itself, and is there because it is the parent of some that do. */
  isContext(slot: number): boolean {
    return this.#context.has(slot);
  }

  /** Adds the next runs of a search, which come in its order. Known ones stay where they are: pages can overlap. */
  append(runs: readonly Run[]): void {
    for (const run of runs) {
      const isNew = !this.#slots.has(run.info.runId);
      const slot = this.#write(run);
      if (isNew || this.#context.delete(slot)) this.#order.push(slot);
    }
  }

  /** Adds parents of runs, which do not match themselves or have not been read yet. */
  addContext(runs: readonly Run[]): void {
    for (const run of runs) {
      if (!this.#slots.has(run.info.runId)) this.#context.add(this.#write(run));
    }
  }

  /** Ids in a column of runs that are not known: of parents that have not been read. */
  unknownRuns(id: string): readonly string[] {
    const column = this.#columns.get(id);
    if (!column || column.size === 0) return [];
    const named = [...this.#order, ...this.#context].map((slot) => column.get(slot));
    return [...new Set(named)].filter((runId) => typeof runId === 'string' && !this.#slots.has(runId)) as string[];
  }

  /**
   * Brings runs up to date: each to the place that it has in the order now.
   * @param matching those of the changed runs that the table shows
   * @param isWhole whether all runs have been read: else one that comes after the last is left for a later page
   */
  update(changed: readonly string[], matching: readonly Run[], sort: readonly SortKey[], isWhole: boolean): void {
    const kept = new Set(matching.map(({ info }) => info.runId));
    const gone = new Set(changed.flatMap((id) => (kept.has(id) ? [] : (this.#slots.get(id) ?? []))));
    if (gone.size > 0) this.#order = this.#order.filter((slot) => !gone.has(slot));
    for (const slot of gone) {
      this.#slots.delete(this.runId(slot));
      this.#context.delete(slot);
    }
    for (const run of matching) {
      const slot = this.#write(run);
      this.#context.delete(slot);
      this.#place(slot, sort, isWhole);
    }
  }

  #place(slot: number, sort: readonly SortKey[], isWhole: boolean): void {
    const compare = (a: number, b: number) => compareRows(this, a, b, sort);
    const at = this.#order.indexOf(slot);
    if (at >= 0) {
      const [before, after] = [this.#order[at - 1], this.#order[at + 1]];
      const isInPlace =
        (before === undefined || compare(before, slot) <= 0) && (after === undefined || compare(slot, after) <= 0);
      if (isInPlace) return;
      this.#order.splice(at, 1);
    }
    let [low, high] = [0, this.#order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.#order[middle] ?? 0, slot) <= 0) low = middle + 1;
      else high = middle;
    }
    if (low === this.#order.length && !isWhole && at < 0) this.#slots.delete(this.runId(slot));
    else this.#order.splice(low, 0, slot);
  }

  #write(run: Run): number {
    const { info } = run;
    const slot = this.#slots.get(info.runId) ?? this.#runIds.length;
    this.#runIds[slot] = info.runId;
    this.#slots.set(info.runId, slot);
    const values = valuesOf(run);
    for (const [id, column] of this.#columns) if (!values.has(id)) column.delete(slot);
    for (const [id, value] of values) {
      const column = this.#columns.get(id) ?? new SparseColumn<Value>();
      if (column.size === 0) this.#columns.set(id, column);
      column.set(slot, value);
    }
    return slot;
  }
}

function valuesOf({ info, data }: Run): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>([
    ['attributes.run_name', info.runName || info.runId.slice(0, 8)],
    ['attributes.status', info.status],
  ]);
  if (info.startTime !== undefined) values.set('attributes.start_time', info.startTime);
  if (info.endTime !== undefined) values.set('attributes.end_time', info.endTime);
  if (info.userId) values.set('attributes.user_id', info.userId);
  for (const [key, value] of data.params) values.set(`params.${key}`, value);
  for (const { key, value } of data.metrics.values()) values.set(`metrics.${key}`, value);
  for (const [key, value] of data.tags) {
    values.set(`tags.${key}`, key.startsWith('mlflow.') ? value.slice(0, SYSTEM_TAG_LENGTH) : value);
  }
  return values;
}
