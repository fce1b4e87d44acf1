import type { Host } from '../../src/protocol/channel.ts';
import type { RunAction, RunsTableRequests } from '../../src/protocol/runsTable.ts';
import type { Grid } from './grid.ts';
import type { Selection } from './selection.ts';
import type { TableView } from './tableView.ts';
import { foldRun, markRuns, toggleGroup } from './viewChanges.ts';

/** What the actions on rows work with. */
export interface RowActionsOptions {
  readonly host: Host<RunsTableRequests>;
  readonly grid: Grid;
  readonly table: TableView;
  readonly selection: Selection;
  /** The selection is another. */
  readonly onSelect: () => void;
}

/** Selects rows, and does something with those that are selected. */
export class RowActions {
  readonly #options: RowActionsOptions;

  constructor(options: RowActionsOptions) {
    this.#options = options;
  }

  select(runIds: readonly string[]): void {
    this.#options.selection.replace(runIds);
    this.#options.onSelect();
  }

  /** Selects one run; ranges begin there. */
  selectOnly(row: number, runId: string): void {
    this.#options.selection.from = row;
    this.select([runId]);
  }

  /** All, or none where all are. */
  async selectAll(): Promise<void> {
    const { host, table, selection } = this.#options;
    if (!table.table) return;
    const isAll = selection.state(table.table.total) === 'all';
    this.select(isAll ? [] : await host.ask('allRunIds', undefined));
  }

  /** From the row where the last selection began. */
  async selectRange(to: number): Promise<void> {
    const { host, selection } = this.#options;
    const [from, until] = [Math.min(selection.from, to), Math.max(selection.from, to) + 1];
    this.select(await host.ask('runIds', { from, to: until }));
  }

  /** Shows or hides what is below a run or a group. @returns whether there is something that was not so already */
  fold(row: number, isOpen: boolean): boolean {
    const { grid, table } = this.#options;
    const head = grid.head(row);
    if (!head) return false;
    if ('group' in head) {
      if (head.isClosed !== isOpen) return false;
      table.change(toggleGroup(table.view, head));
      return true;
    }
    if (!head.family?.children || head.family.isOpen === isOpen) return false;
    table.change(foldRun(table.view, head, isOpen));
    return true;
  }

  /** Row of the run that a run is a child of, as far as the rows between them have been read. */
  parentOf(row: number): number | undefined {
    const { grid } = this.#options;
    const levelOf = (at: number) => {
      const head = grid.head(at);
      return head && 'runId' in head ? (head.family?.level ?? 0) : undefined;
    };
    const level = levelOf(row) ?? 0;
    if (level === 0) return undefined;
    for (let at = row - 1; at >= 0; at--) {
      const other = levelOf(at);
      if (other === undefined) return undefined;
      if (other < level) return at;
    }
    return undefined;
  }

  /** Selects a run, or lets it go; opens or closes a group. */
  toggle(row: number): void {
    const { grid, selection, onSelect } = this.#options;
    const head = grid.head(row);
    if (!head) return;
    if ('group' in head) {
      this.fold(row, head.isClosed);
      return;
    }
    selection.from = row;
    selection.toggle(head.runId);
    onSelect();
  }

  open(row: number): void {
    const head = this.#options.grid.head(row);
    if (head && 'runId' in head) void this.#options.host.ask('act', { action: 'open', runIds: [head.runId] });
    else this.toggle(row);
  }

  act(action: RunAction): void {
    void this.#options.host.ask('act', { action, runIds: this.#options.selection.runIds });
  }

  copy(): void {
    void this.#options.host.ask('copy', { runIds: this.#options.selection.runIds });
  }

  /** Copies what a cell shows, where no run is selected. */
  copyCell(row: number, column: string): void {
    void this.#options.host.ask('copyCell', { row, column });
  }

  mark(list: 'pinnedRuns' | 'hiddenRuns'): void {
    const { table, selection } = this.#options;
    table.change(markRuns(table.view, list, selection.runIds));
    if (list === 'hiddenRuns') this.select([]);
  }

  /** Runs that were deleted, or that the filter has taken out, are no longer selected. */
  async forgetGone(): Promise<void> {
    const { host, selection } = this.#options;
    const gone = new Set(await host.ask('gone', { runIds: selection.runIds }));
    if (gone.size > 0) this.select(selection.runIds.filter((runId) => !gone.has(runId)));
  }
}
