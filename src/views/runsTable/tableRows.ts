import { arrangeRows, type Row, slotOf } from './arrange.ts';
import { PARENT } from './nest.ts';
import type { RunColumns } from './runColumns.ts';
import { DEFAULT_VIEW, type RunsTableView } from './view.ts';

/** The rows of a table whose runs are read bit by bit. */
export class TableRows {
  #columns: RunColumns;
  #view: RunsTableView = DEFAULT_VIEW;
  #rows: readonly Row[] = [];

  constructor(columns: RunColumns) {
    this.#columns = columns;
  }

  get all(): readonly Row[] {
    return this.#rows;
  }

  /** What the rows are of; meanwhile others may have been read, whose order is another. */
  get columns(): RunColumns {
    return this.#columns;
  }

  arrange(columns: RunColumns, view: RunsTableView): void {
    [this.#columns, this.#view] = [columns, view];
    this.#rows = arrangeRows(columns, view);
  }

  /**
   * Rows that have their places already, read or not; runs that have not been read may turn out to be children that are
   * folded. @param total runs that match
   */
  count(total: number): number {
    const ahead = this.#view.groupBy === undefined ? total - this.#columns.order.length : 0;
    return this.#rows.length + Math.max(0, ahead);
  }

  /** How many runs have to be read for so many rows to be there. */
  runsFor(rows: number): number {
    return this.#columns.order.length + Math.max(0, rows - this.#rows.length);
  }

  /** Row of a run, or of the one that it is folded below; −1 where there is none. */
  placeOf(runId: string): number {
    const seen = new Set<string>();
    for (let id: string | undefined = runId; id !== undefined && !seen.has(id); ) {
      seen.add(id);
      const slot = this.#columns.slot(id);
      if (slot === undefined) return -1;
      const at = this.#rows.findIndex((row) => slotOf(row) === slot);
      if (at >= 0) return at;
      id = this.#columns.text(slot, PARENT);
    }
    return -1;
  }
}
