import { ATTRIBUTES, groupOf, keyOf } from '../runsTable/columnIds.ts';
import type { RunColumns } from '../runsTable/runColumns.ts';

/** Something that runs have a value of: an axis, a colour or a group of a chart. */
export interface Dimension {
  /** As in MLflow's search language, keys unquoted: `params.alpha`. */
  readonly id: string;
  /** `alpha` */
  readonly label: string;
  readonly isNumeric: boolean;
  /** Different values; no more than `MANY` are counted. */
  readonly distinct: number;
}

/** The values of a dimension, one of each run. */
export interface DimensionValues {
  readonly id: string;
  readonly label: string;
  /** NaN where a run has no number. Of texts: the place in `categories`. */
  readonly numbers: Float64Array;
  /** The texts in their order, for a dimension that has no numbers. */
  readonly categories?: readonly string[] | undefined;
  /** Numbers are moments (ms since the epoch). */
  readonly isTime?: boolean | undefined;
}

const MANY = 1_000;
/** Attributes that make an axis or groups. */
const USEFUL = ['attributes.start_time', 'attributes.status', 'attributes.user_id', 'attributes.run_name'];
/** Tags that MLflow writes for itself; of these some name what runs have in common. */
const SYSTEM_TAG = /^tags\.mlflow\.(?!source\.(name|git\.commit|git\.branch)$|user$|parentRunId$)/;

/** What the charts of these runs can be made of: metrics, params, attributes and tags, each group by name. */
export function dimensionsOf(columns: RunColumns): readonly Dimension[] {
  const ids = columns.ids().filter((id) => {
    const group = groupOf(id);
    if (group === 'attributes') return USEFUL.includes(id);
    return group !== 'tags' || !SYSTEM_TAG.test(id);
  });
  return ids.map((id) => describe(columns, id)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function describe(columns: RunColumns, id: string): Dimension {
  const values = new Set<string | number>();
  let isNumeric = true;
  for (const value of columns.column(id)?.values() ?? []) {
    isNumeric &&= typeof value === 'number' || isNumber(value);
    if (values.size < MANY) values.add(value);
  }
  return { id, label: labelOf(id), isNumeric, distinct: values.size };
}

/** @param slots the runs, in the order in which their values are wanted */
export function valuesOf(columns: RunColumns, slots: readonly number[], id: string): DimensionValues {
  const values = slots.map((slot) => columns.value(slot, id));
  const label = labelOf(id);
  if (values.every((value) => value === undefined || typeof value === 'number' || isNumber(value))) {
    const numbers = Float64Array.from(values, (value) => (value === undefined ? Number.NaN : Number(value)));
    return { id, label, numbers, isTime: id.endsWith('_time') && groupOf(id) === 'attributes' };
  }
  const categories = [...new Set(values.flatMap((value) => (value === undefined ? [] : String(value))))].sort(
    naturally,
  );
  const places = new Map(categories.map((category, at) => [category, at]));
  const numbers = Float64Array.from(values, (value) => places.get(String(value)) ?? Number.NaN);
  return { id, label, numbers, categories };
}

function labelOf(id: string): string {
  return ATTRIBUTES.get(id) ?? keyOf(id);
}

/** Whether a param's text says a number, as Python writes it. */
export function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

/** `10` comes after `9`. */
export function naturally(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
