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
  /** How often columns were drawn that the extension had not told, and how many of those it has heard of. */
  #drawn = 0;
  #heard = 0;

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
    this.#table = {
      ...event,
      ...(this.#table && this.#changing > 0 && { view: this.#table.view }),
      ...(this.#table && this.#drawn !== this.#heard && { columns: this.#table.columns }),
    };
    return isSame;
  }

  change(part: Partial<RunsTableView>): void {
    void this.#change(part);
  }

  async #change(part: Partial<RunsTableView>): Promise<void> {
    if (!this.#table) return;
    const view = { ...this.#table.view, ...part };
    this.#table = { ...this.#table, view };
    this.#changing += 1;
    await this.#tell(view).finally(() => {
      this.#changing -= 1;
    });
  }

  /** Columns as the page draws them already; told by `keepColumns`. */
  drawColumns(columns: readonly ShownColumn[]): void {
    if (!this.#table) return;
    this.#table = { ...this.#table, columns };
    this.#drawn += 1;
  }

  async keepColumns(): Promise<void> {
    const drawn = this.#drawn;
    try {
      if (this.#table) await this.#change({ columns: this.#table.columns.map(choiceOf) });
    } finally {
      this.#heard = drawn;
    }
  }
}
