// Columns by their ids, which are those of MLflow's search language with keys unquoted: `attributes.run_name`,
// `metrics.val/rmse`.
export type ColumnGroup = 'attributes' | 'params' | 'metrics' | 'tags';

export const GROUPS: readonly ColumnGroup[] = ['attributes', 'params', 'metrics', 'tags'];

/** The attributes that a table can show. `duration` is ours: MLflow has its ends only. */
export const ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['attributes.run_name', 'Name'],
  ['attributes.status', 'Status'],
  ['attributes.start_time', 'Started'],
  ['attributes.duration', 'Duration'],
  ['attributes.end_time', 'Ended'],
  ['attributes.user_id', 'User'],
  ['attributes.run_id', 'Run ID'],
]);

export function groupOf(id: string): ColumnGroup {
  return GROUPS.find((group) => id.startsWith(`${group}.`)) ?? 'tags';
}

/** The key without its group: `rmse`. */
export function keyOf(id: string): string {
  return id.slice(id.indexOf('.') + 1);
}

export function columnLabel(id: string): string {
  return ATTRIBUTES.get(id) ?? keyOf(id);
}

/** As MLflow's search language wants it: keys that are no plain word stand in backticks, or in quotes where they hold one. */
export function quoteKey(id: string): string {
  const key = keyOf(id);
  if (/^[A-Za-z_]\w*(\.\w+)*$/.test(key)) return id;
  const mark = key.includes('`') ? '"' : '`';
  return `${groupOf(id)}.${mark}${key}${mark}`;
}
