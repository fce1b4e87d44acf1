import { mainMetricKey } from '../mainMetric.ts';
import { groupOf, keyOf } from './columnIds.ts';
import type { RunColumns } from './runColumns.ts';

/** What a metric column shows of each run's points. */
export type Statistic = 'last' | 'min' | 'max' | 'first' | 'bestStep' | 'curve';

/** A column that the user has chosen, or that stands there until he chooses. */
export interface ColumnChoice {
  /** As in MLflow's search language, keys unquoted: `attributes.run_name`, `metrics.val/rmse`. */
  readonly id: string;
  /** The last value when absent. */
  readonly statistic?: Statistic | undefined;
  /** px */
  readonly width?: number | undefined;
  /** Stays at the left side. */
  readonly pinned?: boolean | undefined;
  /** Cells are coloured by their values. */
  readonly heat?: boolean | undefined;
}

const NAME: ColumnChoice = { id: 'attributes.run_name', pinned: true };
const FIRST: readonly ColumnChoice[] = [
  NAME,
  { id: 'attributes.status' },
  { id: 'attributes.start_time' },
  { id: 'attributes.duration' },
];

/** Params and metrics that are shown without being chosen, of each. */
const SHOWN = 8;

/** Of a choice among those of the table. */
export function columnKey({ id, statistic = 'last' }: ColumnChoice): string {
  return statistic === 'last' ? id : `${statistic}:${id}`;
}

/**
 * What stands in the table until the user chooses: the params that differ and the metrics, the main one first.
 * @param before what stood there: it stays in its places, new columns come behind
 */
export function automaticColumns(columns: RunColumns, before: readonly ColumnChoice[] = []): readonly ColumnChoice[] {
  const ids = columns.ids().toSorted();
  const params = ids.filter((id) => id.startsWith('params.') && differs(columns, id));
  const metrics = ids.filter((id) => id.startsWith('metrics.') && !id.startsWith('metrics.system/'));
  const main = mainMetricKey(metrics.map(keyOf));
  metrics.sort((a, b) => Number(keyOf(b) === main) - Number(keyOf(a) === main));
  const chosen = [...params.slice(0, SHOWN), ...metrics.slice(0, SHOWN)].map((id) => ({ id }));
  if (before.length === 0) return [...FIRST, ...chosen];
  const known = new Set(before.map(({ id }) => id));
  return [...before, ...chosen.filter(({ id }) => !known.has(id))];
}

/** Whether the runs do not all have the same value. */
export function differs(columns: RunColumns, id: string): boolean {
  const values = columns.column(id)?.values() ?? [];
  if (values.length > 0 && values.length < columns.order.length) return true;
  return values.some((value) => !Object.is(value, values[0]));
}

/** The columns of a view that are to be seen. @param chosen by the user, or by the table */
export function seenColumns(
  columns: RunColumns,
  chosen: readonly ColumnChoice[],
  onlyDiffering: boolean | undefined,
): readonly ColumnChoice[] {
  if (!onlyDiffering) return chosen;
  return chosen.filter(({ id }) => groupOf(id) === 'attributes' || differs(columns, id));
}

/** What a page that sees some of the columns makes of all: those that it does not see stay, behind the others. */
export function withUnseen(
  columns: RunColumns,
  before: readonly ColumnChoice[],
  seen: readonly ColumnChoice[],
): readonly ColumnChoice[] {
  const visible = new Set(seenColumns(columns, before, true).map(columnKey));
  const known = new Set(seen.map(columnKey));
  return [...seen, ...before.filter((choice) => !visible.has(columnKey(choice)) && !known.has(columnKey(choice)))];
}

/** How many different values the runs have. */
export function distinctValues(columns: RunColumns, id: string): number {
  return new Set(columns.column(id)?.values()).size;
}
