import { quoteKey } from './columnIds.ts';

/** What a table is sorted by. */
export interface SortKey {
  /** Of a column. */
  readonly id: string;
  readonly descending: boolean;
}

/** The newest runs first, where nothing else is asked for. */
const DEFAULT: SortKey = { id: 'attributes.start_time', descending: true };

/** Attributes that MLflow's servers order by. */
const ORDERED_ATTRIBUTES = ['run_name', 'status', 'start_time', 'end_time', 'user_id'];

/** Whether the server can order by a column. */
export function isSortable(id: string): boolean {
  return !id.startsWith('attributes.') || ORDERED_ATTRIBUTES.includes(id.slice('attributes.'.length));
}

/** MLflow's `order_by`. */
export function orderBy(sort: readonly SortKey[]): readonly string[] {
  return [...sort, DEFAULT].map(({ id, descending }) => `${quoteKey(id)} ${descending ? 'DESC' : 'ASC'}`);
}

/** The runs of a table by their places. */
export interface Rows {
  value(row: number, id: string): string | number | undefined;
  runId(row: number): string;
}

/** Compares two runs as MLflow's `order_by` does: missing values last in both directions, NaN just before them. */
export function compareRows(rows: Rows, a: number, b: number, sort: readonly SortKey[]): number {
  for (const { id, descending } of [...sort, DEFAULT]) {
    const [x, y] = [rows.value(a, id), rows.value(b, id)];
    const ranks = rank(x) - rank(y);
    if (ranks !== 0) return ranks;
    if (x === undefined || y === undefined || x === y) continue;
    if (x < y) return descending ? 1 : -1;
    if (x > y) return descending ? -1 : 1;
  }
  return rows.runId(a) < rows.runId(b) ? -1 : 1;
}

function rank(value: string | number | undefined): number {
  return value === undefined ? 2 : Number.isNaN(value) ? 1 : 0;
}
