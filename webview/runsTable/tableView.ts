import type { RunsTableView, ShownColumn, ShownTable } from '../../src/protocol/runsTable.ts';
import { choiceOf } from './columnMenu.ts';
import { isSameOrder } from './viewChanges.ts';

/** What the table shows and how it is looked at. Changes that the page makes count at once, before the extension has heard of them. */
export class TableView {
  readonly #tell: (view: RunsTableView) => Promise<void>;
  #table: ShownTable | undefined;
  /** The view of the rows that are shown. */
  #shown: RunsTableView | undefined;
  /** Changes that are on their way to the extension. */
  #changing = 0;

  constructor(tell: (view: RunsTableView) => Promise<void>) {
    this.#tell = tell;
  }

  /** `undefined` until the extension has told. */
  get table(): ShownTable | undefined {
    return this.#table;
  }

  /** @throws an Error while there is no table */
  get view(): RunsTableView {
    if (!this.#table) throw new Error('There is no table yet.');
    return this.#table.view;
  }

  /** @returns whether the rows are in the same order as before */
  receive(event: ShownTable): boolean {
    const isSame = !this.#shown || isSameOrder(event.view, this.#shown);
    this.#shown = event.view;
    this.#table = { ...event, view: this.#changing > 0 && this.#table ? this.#table.view : event.view };
    return isSame;
  }

  change(part: Partial<RunsTableView>): void {
    if (!this.#table) return;
    const view = { ...this.#table.view, ...part };
    this.#table = { ...this.#table, view };
    this.#changing += 1;
    void this.#tell(view).finally(() => {
      this.#changing -= 1;
    });
  }

  /** Columns as the page draws them already; told by `keepColumns`. */
  drawColumns(columns: readonly ShownColumn[]): void {
    if (this.#table) this.#table = { ...this.#table, columns };
  }

  keepColumns(): void {
    if (this.#table) this.change({ columns: this.#table.columns.map(choiceOf) });
  }
}
