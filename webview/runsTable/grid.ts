import type { RowHead, ShownColumn, SortKey } from '../../src/protocol/runsTable.ts';
import { element } from '../shared/dom.ts';
import type { Blocks } from './blocks.ts';
import { type BoxState, type ColumnActions, Header } from './header.ts';
import { columnsIn, HEADER, type Layout, layoutColumns, type PlacedColumn, ROW } from './layout.ts';
import { RowView } from './rowView.ts';
import { Scroller } from './scroller.ts';

/** Rows that are drawn above and below the window. */
const AHEAD = 4;

/** A cell by its place: row −1 is the header, column 0 the box. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface GridOptions extends ColumnActions {
  isSelected(runId: string): boolean;
  onKey(event: KeyboardEvent): void;
  onScroll(): void;
}

/** The window on the table: only the rows and columns that can be seen have elements. */
export class Grid {
  readonly element: HTMLElement;
  readonly #canvas = element('div', { class: 'canvas', attributes: { role: 'rowgroup' } });
  readonly #header: Header;
  readonly #scroller: Scroller;
  readonly #options: GridOptions;
  readonly #rows = new Map<number, RowView>();
  #blocks: Blocks | undefined;
  #layout: Layout = layoutColumns([]);
  #sort: readonly SortKey[] = [];
  #count = 0;
  #focus: Place = { row: -1, column: 0 };
  #frame = 0;
  /** The one cell in the order of tabs. */
  #tabbed: HTMLElement | undefined;
  #anchor: { readonly runId: string; readonly row: number } | undefined;
  #focusedRun: string | undefined;

  constructor(options: GridOptions) {
    this.#options = options;
    this.#header = new Header(options);
    const head = element('div', { attributes: { role: 'rowgroup' }, class: 'head' }, this.#header.element);
    this.element = element(
      'div',
      { class: 'grid', attributes: { role: 'grid', 'aria-label': 'Runs', 'aria-multiselectable': 'true' } },
      head,
      this.#canvas,
    );
    this.#scroller = new Scroller(this.element, () => this.drawSoon());
    this.element.addEventListener('keydown', (event) => options.onKey(event));
    this.element.addEventListener('focusin', ({ target }) => this.#onFocus(target));
    window.addEventListener('focus', () => this.drawSoon());
  }

  set blocks(blocks: Blocks) {
    this.#blocks = blocks;
  }

  get focus(): Place {
    return this.#focus;
  }

  get columns(): readonly PlacedColumn[] {
    return this.#layout.columns;
  }

  get count(): number {
    return this.#count;
  }

  /** Rows that fit into the window. */
  get page(): number {
    return Math.max(1, Math.floor((this.#scroller.view.height - HEADER) / ROW) - 1);
  }

  /** To be drawn. @param keepPlace whether the runs that are seen stay where they are, whatever comes above them */
  show(columns: readonly ShownColumn[], count: number, sort: readonly SortKey[], keepPlace: boolean): void {
    this.#layout = layoutColumns(columns);
    this.#count = count;
    this.#sort = sort;
    if (keepPlace) this.#takeAnchor();
    else {
      this.#anchor = undefined;
      this.#focusedRun = undefined;
      this.#scroller.to({ top: 0 });
    }
    this.#blocks?.age();
    this.#place();
  }

  /** Whether runs stand below others: a tree for a screen reader, with room for what opens and closes. */
  set isTree(isTree: boolean) {
    this.element.setAttribute('role', isTree ? 'treegrid' : 'grid');
    this.element.classList.toggle('tree', isTree);
  }

  resize(columns: readonly ShownColumn[]): void {
    this.#layout = layoutColumns(columns);
    this.#place();
    this.drawSoon();
  }

  #place(): void {
    const { columns, width } = this.#layout;
    this.element.setAttribute('aria-rowcount', String(this.#count + 1));
    this.element.setAttribute('aria-colcount', String(columns.length + 1));
    this.#scroller.setRows(this.#count, this.#canvas);
    this.#canvas.style.width = `${width}px`;
    this.#header.element.style.width = `${width}px`;
    this.#focus = {
      row: Math.min(this.#focus.row, this.#count - 1),
      column: Math.min(this.#focus.column, columns.length),
    };
  }

  /** Rows were read; the anchors tell where the runs are now that were seen. */
  onRead(places: ReadonlyMap<string, number>): void {
    const anchor = this.#anchor;
    const place = anchor && places.get(anchor.runId);
    if (anchor && place !== undefined && place >= 0 && place !== anchor.row) {
      this.#scroller.to({ top: this.#scroller.view.top + (place - anchor.row) * ROW });
    }
    if (place !== undefined) this.#anchor = undefined;
    const focused = this.#focusedRun === undefined ? undefined : places.get(this.#focusedRun);
    if (focused !== undefined && focused >= 0) this.#focus = { ...this.#focus, row: focused };
    this.draw();
  }

  /** px from the top of all rows and from the left. */
  get scroll(): { readonly top: number; readonly left: number } {
    const { top, left } = this.#scroller.view;
    return { top, left };
  }

  set scroll(place: { readonly top: number; readonly left: number }) {
    this.#scroller.to(place);
  }

  drawSoon(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.draw();
      this.#options.onScroll();
    });
  }

  draw(): void {
    const blocks = this.#blocks;
    if (!blocks) return;
    const { top, thumb, left, height, width } = this.#scroller.view;
    const { columns } = this.#layout;
    // Only where the page has it: what the user does elsewhere in VS Code must not be disturbed.
    const hadFocus = document.hasFocus() && this.element.contains(document.activeElement);
    const from = Math.max(0, Math.floor(top / ROW) - AHEAD);
    const to = Math.min(this.#count, Math.ceil((top + height - HEADER) / ROW) + AHEAD);
    const shown = columnsIn(this.#layout, left, width);
    const focused = this.#focus.column - 1;
    if (focused >= 0 && focused < columns.length && !shown.includes(focused)) shown.push(focused);
    this.#header.draw(columns, shown, this.#sort);
    this.#recycle(from, to);
    const window = { columns, shown, key: `${shown}` };
    for (const [index, view] of this.#rows) {
      const head = blocks.head(index);
      if (!head && index !== this.#focus.row) {
        view.hide();
        continue;
      }
      const isSelected = head !== undefined && 'runId' in head && this.#options.isSelected(head.runId);
      // A row outside that has the focus waits beside the window: where it belongs there may be nothing to stand on.
      const place = Math.max(from - 1, Math.min(to, index)) * ROW + thumb - top;
      view.draw({ index, place, head, isSelected, cell: (key) => blocks.cell(index, key) }, window);
    }
    this.#rove(hadFocus);
    const keys = shown.flatMap((at) => columns[at]?.key ?? []);
    const anchors = [this.#anchor?.runId, this.#focusedRun].filter((runId) => runId !== undefined);
    if (this.#count === 0) return;
    const nextColumns = this.#columnsAround(left, width).filter((key) => !keys.includes(key));
    blocks.want({ from, to, rows: this.#count, columns: keys, nextColumns, anchors });
  }

  /** Keys of the columns within a window's width; statistics take requests and are read when they are seen. */
  #columnsAround(left: number, width: number): readonly string[] {
    const { columns } = this.#layout;
    return columnsIn(this.#layout, Math.max(0, left - width), 3 * width).flatMap((at) => {
      const { key, statistic = 'last' } = columns[at] ?? {};
      return key !== undefined && statistic === 'last' ? key : [];
    });
  }

  drawBox(state: BoxState): void {
    this.#header.drawBox(state);
  }

  /** Gives every row of the window a view, taking those of rows that went out of it; the focused row keeps its own. */
  #recycle(from: number, to: number): void {
    const isWanted = (index: number) => (index >= from && index < to) || index === this.#focus.row;
    const free = [...this.#rows].filter(([index]) => !isWanted(index) || index >= this.#count);
    for (const [index] of free) this.#rows.delete(index);
    const wanted = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
    if (this.#focus.row >= 0 && (this.#focus.row < from || this.#focus.row >= to)) wanted.push(this.#focus.row);
    for (const index of wanted) {
      if (this.#rows.has(index)) continue;
      const view = free.pop()?.[1] ?? new RowView();
      if (!view.element.isConnected) this.#canvas.append(view.element);
      this.#rows.set(index, view);
    }
    for (const [, view] of free) view.element.remove();
  }

  /** One cell is in the order of tabs. */
  #rove(hadFocus: boolean): void {
    const target = this.#cellAt(this.#focus);
    if (!target) return;
    target.tabIndex = 0;
    if (hadFocus && document.activeElement !== target) target.focus({ preventScroll: true });
    if (this.#tabbed !== target) this.#tabbed?.removeAttribute('tabindex');
    this.#tabbed = target;
  }

  #cellAt({ row, column }: Place): HTMLElement | undefined {
    return row < 0 ? this.#header.cell(column) : this.#rows.get(row)?.cell(column, this.#layout.columns);
  }

  #onFocus(target: EventTarget | null): void {
    const place = this.placeOf(target);
    if (place) this.#focus = place;
    this.#rememberRun();
  }

  #rememberRun(): void {
    const head = this.head(this.#focus.row);
    this.#focusedRun = head && 'runId' in head ? head.runId : undefined;
  }

  head(row: number): RowHead | undefined {
    return row < 0 ? undefined : this.#blocks?.head(row);
  }

  /** Of the cell that an event came from. */
  placeOf(target: EventTarget | null): Place | undefined {
    const cell = target instanceof Element ? target.closest('.cell') : null;
    const row = cell?.closest('[role=row]')?.getAttribute('aria-rowindex');
    const column = cell?.getAttribute('aria-colindex');
    return row && column ? { row: Number(row) - 2, column: Number(column) - 1 } : undefined;
  }

  /** Brings a cell into the window and gives it the focus. */
  moveTo(place: Place): void {
    this.#focus = {
      row: Math.max(-1, Math.min(place.row, this.#count - 1)),
      column: Math.max(0, Math.min(place.column, this.#layout.columns.length)),
    };
    this.#reveal(this.#focus);
    this.draw();
    this.#rememberRun();
    this.#cellAt(this.#focus)?.focus({ preventScroll: true });
    this.#rove(true);
  }

  #reveal({ row, column }: Place): void {
    this.#scroller.catchUp();
    const { top, left, height, width } = this.#scroller.view;
    if (row >= 0) {
      const [start, room] = [row * ROW, height - HEADER];
      if (start < top) this.#scroller.to({ top: start });
      else if (start + ROW > top + room) this.#scroller.to({ top: start + ROW - room });
    }
    const placed = this.#layout.columns[column - 1];
    if (!placed || placed.pinned) return;
    if (placed.left - this.#layout.pinnedWidth < left)
      this.#scroller.to({ left: placed.left - this.#layout.pinnedWidth });
    else if (placed.left + placed.width > left + width) this.#scroller.to({ left: placed.left + placed.width - width });
  }

  /** What is at the top stays there; the very top stays the top, so that new runs are seen to come. */
  #takeAnchor(): void {
    const row = Math.ceil(this.#scroller.view.top / ROW);
    const head = this.head(row);
    this.#anchor = this.#scroller.view.top > 0 && head && 'runId' in head ? { runId: head.runId, row } : undefined;
  }
}
