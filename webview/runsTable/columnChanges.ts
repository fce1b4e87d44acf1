import type { Grid } from './grid.ts';
import type { PlacedColumn } from './layout.ts';
import type { TableView } from './tableView.ts';
import { nextSort } from './viewChanges.ts';

/** While a column is made wider the extension need not hear of every pixel (ms). */
const PAUSE = 300;

/** Sorts by columns, moves them and makes them wider: drawn at once, told to the extension afterwards. */
export class ColumnChanges {
  readonly #grid: Grid;
  readonly #table: TableView;
  #resizing: ReturnType<typeof setTimeout> | undefined;

  constructor(grid: Grid, table: TableView) {
    this.#grid = grid;
    this.#table = table;
  }

  /** @param add whether the column joins those that are sorted by */
  sort(column: PlacedColumn, add: boolean): void {
    if (column.isSortable) this.#table.change({ sort: nextSort(this.#table.view.sort, column, add) });
  }

  /** @param width px */
  resize(column: PlacedColumn, width: number): void {
    const shown = this.#table.table?.columns ?? [];
    this.#draw(shown.map((other) => (other.key === column.key ? { ...other, width } : other)));
    clearTimeout(this.#resizing);
    this.#resizing = setTimeout(() => void this.#table.keepColumns(), PAUSE);
  }

  move(column: PlacedColumn, before: PlacedColumn): void {
    const { columns } = this.#grid;
    const from = columns.findIndex(({ key }) => key === column.key);
    const target = columns.findIndex(({ key }) => key === before.key);
    if (from < 0 || target < 0) return;
    this.#draw(columns.toSpliced(from, 1).toSpliced(target, 0, column));
    void this.#table.keepColumns();
  }

  #draw(columns: Parameters<TableView['drawColumns']>[0]): void {
    this.#table.drawColumns(columns);
    this.#grid.resize(columns);
  }

  /** @param at place of the column, from 1 @returns whether the key means something at a heading */
  onKey(event: KeyboardEvent, at: number): boolean {
    const { columns } = this.#grid;
    const column = columns[at - 1];
    if (!column) return false;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Enter' || event.key === ' ') this.sort(column, event.shiftKey);
    else if (step && event.altKey && event.shiftKey) this.resize(column, column.width + 10 * step);
    else if (step && event.altKey) {
      const other = columns[at - 1 + step];
      if (other && other.pinned === column.pinned) {
        this.move(column, other);
        this.#grid.moveTo({ row: -1, column: at + step });
      }
    } else return false;
    return true;
  }
}
