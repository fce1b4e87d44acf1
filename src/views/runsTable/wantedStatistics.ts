import { type Row, runsOf, slotOf } from './arrange.ts';
import type { ColumnChoice } from './columns.ts';
import type { RunColumns } from './runColumns.ts';

/** A metric of a run whose points are to be read. */
export interface WantedStatistic {
  readonly runId: string;
  /** Of a column. */
  readonly id: string;
  /** Changes when the run has logged more. */
  readonly mark: string | number;
}

/** What has to be read for some rows to show the minimum, the curve and the like of their metrics. */
export function wantedStatistics(
  columns: RunColumns,
  rows: readonly Row[],
  choices: readonly ColumnChoice[],
): readonly WantedStatistic[] {
  const metrics = new Set(choices.filter(({ statistic = 'last' }) => statistic !== 'last').map(({ id }) => id));
  if (metrics.size === 0) return [];
  // A closed group tells of all its runs.
  const slots = rows.flatMap((row) => slotOf(row) ?? runsOf(columns, [row]));
  return slots.flatMap((slot) =>
    [...metrics].flatMap((id) => {
      const mark = columns.value(slot, id);
      return mark === undefined ? [] : [{ runId: columns.runId(slot), id, mark }];
    }),
  );
}
