import { isLessBetter } from '../betterValue.ts';
import { formatNumber } from '../formatNumber.ts';
import { formatAge, formatDuration, formatMoment } from '../formatTime.ts';
import type { Row } from './arrange.ts';
import { keyOf } from './columnIds.ts';
import { type ColumnChoice, columnKey } from './columns.ts';
import type { RunColumns } from './runColumns.ts';

/** What a cell shows. */
export interface Cell {
  /** `undefined`: there is no value. */
  readonly text: string | undefined;
  /** In full, where the text is shorter. */
  readonly full?: string | undefined;
  /** It is not the run's own, but tells of the runs below it. */
  readonly isDerived?: boolean | undefined;
}

/** Values of metric columns that come from all points of a run. */
export interface Statistics {
  /** @returns `undefined` while it has not been read, NaN where the run has logged no number */
  number(runId: string, choice: ColumnChoice): number | undefined;
}

/** Characters of a text that a cell shows, and that its title does. */
const [SHOWN, TOLD] = [200, 2_000];
/** Of more runs below another nothing is told in its cells: the editor would stand still. */
const SUMMARIZED = 5_000;
const NONE: Cell = { text: undefined };

/** @param now ms since the epoch */
export function cellOf(columns: RunColumns, row: Row, choice: ColumnChoice, statistics: Statistics, now: number): Cell {
  if (typeof row === 'number') return runCell(columns, row, choice, statistics, now);
  if ('value' in row) return groupCell(columns, row.slots, choice, statistics);
  const own = runCell(columns, row.slot, choice, statistics, now);
  if (own.text !== undefined || row.descendants.length > SUMMARIZED) return own;
  return { ...familyCell(columns, row.descendants, choice), isDerived: true };
}

function runCell(columns: RunColumns, row: number, choice: ColumnChoice, statistics: Statistics, now: number): Cell {
  switch (choice.id) {
    case 'attributes.start_time':
    case 'attributes.end_time': {
      const moment = columns.number(row, choice.id);
      return moment === undefined ? NONE : { text: formatAge(moment, now), full: formatMoment(moment) };
    }
    case 'attributes.duration': {
      const duration = durationOf(columns, row, now);
      return duration === undefined ? NONE : { text: formatDuration(duration), full: `${duration} ms` };
    }
    case 'attributes.run_id':
      return { text: columns.runId(row) };
    default:
      return valueCell(cellValue(columns, row, choice, statistics, now));
  }
}

/** A value as it is, for numbers of copies and files too. */
export function cellValue(
  columns: RunColumns,
  slot: number,
  choice: ColumnChoice,
  statistics: Statistics,
  now: number,
): string | number | undefined {
  if (choice.id === 'attributes.run_id') return columns.runId(slot);
  if (choice.id === 'attributes.duration') return durationOf(columns, slot, now);
  if ((choice.statistic ?? 'last') !== 'last') {
    const value = statistics.number(columns.runId(slot), choice);
    return Number.isNaN(value) ? undefined : value;
  }
  return columns.value(slot, choice.id);
}

function valueCell(value: string | number | undefined): Cell {
  if (value === undefined) return NONE;
  if (typeof value === 'number') return { text: formatNumber(value), full: String(value) };
  if (value.length <= SHOWN) return { text: value };
  return { text: `${value.slice(0, SHOWN)}…`, full: value.length > TOLD ? `${value.slice(0, TOLD)}…` : value };
}

function durationOf(columns: RunColumns, slot: number, now: number): number | undefined {
  const start = columns.number(slot, 'attributes.start_time');
  if (start === undefined) return undefined;
  const end = columns.number(slot, 'attributes.end_time');
  if (end !== undefined) return end - start;
  return columns.text(slot, 'attributes.status') === 'RUNNING' ? Math.max(1_000, now - start) : undefined;
}

/** Mean and extent of a metric over the runs of a group, of a minimum the least and of a maximum the greatest; the one value of anything else where they share it. */
function groupCell(columns: RunColumns, slots: readonly number[], choice: ColumnChoice, statistics: Statistics): Cell {
  if (choice.statistic === 'curve') return NONE;
  if (!choice.id.startsWith('metrics.'))
    return choice.id.startsWith('params.') ? sharedCell(columns, slots, choice) : NONE;
  const { statistic = 'last' } = choice;
  // Statistics are read for the runs that are seen: of some of a group they would mislead.
  const isUnread = (slot: number) =>
    columns.value(slot, choice.id) !== undefined && statistics.number(columns.runId(slot), choice) === undefined;
  if (statistic !== 'last' && slots.some(isUnread)) return NONE;
  const summary = summarize(slots.map((slot) => cellValue(columns, slot, choice, statistics, 0)));
  if (!summary) return NONE;
  const { mean, min, max, count } = summary;
  const shown = statistic === 'min' ? min : statistic === 'max' ? max : mean;
  return { text: formatNumber(shown), full: `mean ${mean} of ${count} · min ${min} · max ${max}` };
}

function sharedCell(columns: RunColumns, slots: readonly number[], { id }: ColumnChoice): Cell {
  const first = columns.text(slots[0] ?? 0, id);
  return slots.every((slot) => columns.text(slot, id) === first) ? valueCell(first) : NONE;
}

/** What a parent's empty cell tells of the runs below it: the best value of a metric, the extent of a param. */
function familyCell(columns: RunColumns, slots: readonly number[], choice: ColumnChoice): Cell {
  const { id, statistic = 'last' } = choice;
  if (statistic !== 'last' || slots.length === 0) return NONE;
  const values = slots.map((slot) => columns.value(slot, id));
  if (id.startsWith('metrics.')) return bestCell(values, keyOf(id));
  if (!id.startsWith('params.')) return NONE;
  const known = new Set(values.filter((value) => value !== undefined));
  if (known.size < 2) return valueCell([...known][0]);
  const summary = summarize([...known].map((value) => (value === '' ? undefined : Number(value))));
  if (!summary || summary.count < known.size) return { text: `${known.size} values`, full: listed([...known]) };
  return { text: `${formatNumber(summary.min)}–${formatNumber(summary.max)}`, full: listed([...known]) };
}

function bestCell(values: readonly (string | number | undefined)[], key: string): Cell {
  const summary = summarize(values);
  if (!summary) return NONE;
  const { min, max, mean, count } = summary;
  const best = isLessBetter(key, new Float64Array()) ? min : max;
  return { text: formatNumber(best), full: `best of ${count} · min ${min} · mean ${mean} · max ${max}` };
}

function listed(values: readonly (string | number)[]): string {
  const [shown, left] = [values.slice(0, 20), values.length - 20];
  return `${shown.join(', ')}${left > 0 ? ` and ${left} more` : ''}`.slice(0, TOLD);
}

export interface Summary {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** Over the finite numbers; `undefined` where there is none. */
export function summarize(values: readonly (string | number | undefined)[]): Summary | undefined {
  const numbers = values.filter((value) => typeof value === 'number' && Number.isFinite(value)) as number[];
  if (numbers.length === 0) return undefined;
  let [mean, min, max] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  numbers.forEach((value, at) => {
    // Not the sum: that of the largest numbers is infinite.
    mean += value / (at + 1) - mean / (at + 1);
    if (value < min) min = value;
    if (value > max) max = value;
  });
  return { count: numbers.length, mean, min, max };
}

/** Whether a column is read as numbers, and so stands at the right side. */
export function isNumeric(columns: RunColumns, choice: ColumnChoice): boolean {
  if (choice.statistic === 'curve') return false;
  if (choice.id.startsWith('metrics.') || choice.id === 'attributes.duration') return true;
  if (!choice.id.startsWith('params.')) return false;
  const values = columns.column(choice.id)?.values().slice(0, 500) ?? [];
  return values.length > 0 && values.every((value) => value !== '' && !Number.isNaN(Number(value)));
}

/** A cell's place in the memory of a row. */
export function statisticKey(runId: string, choice: ColumnChoice): string {
  return `${runId} ${columnKey(choice)}`;
}
