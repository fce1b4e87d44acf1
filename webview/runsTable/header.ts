import type { SortKey } from '../../src/protocol/runsTable.ts';
import { element, icon } from '../shared/dom.ts';
import { BOX, clampWidth, type PlacedColumn } from './layout.ts';

/** What can be done to a column. */
export interface ColumnActions {
  sort(column: PlacedColumn, add: boolean): void;
  resize(column: PlacedColumn, width: number): void;
  /** @param before the column that it comes before */
  move(column: PlacedColumn, before: PlacedColumn): void;
  openMenu(column: PlacedColumn, at: { readonly x: number; readonly y: number }): void;
  selectAll(): void;
}

const CAPTIONS = { attributes: '', params: 'parameters', metrics: 'metrics', tags: 'tags' } as const;

/** How much of the runs is selected. */
export type BoxState = 'none' | 'some' | 'all';

/** The header: what is sorted, moved and made wider here. */
export class Header {
  readonly element = element('div', { class: 'header', attributes: { role: 'row', 'aria-rowindex': '1' } });
  readonly #lead = element('div', { class: 'lead' });
  readonly #box = element(
    'div',
    { class: 'cell box', attributes: { role: 'columnheader', 'aria-colindex': '1' } },
    element('span', { class: 'tick' }),
  );
  readonly #actions: ColumnActions;
  readonly #cells = new Map<string, HTMLElement>();
  #columns: readonly PlacedColumn[] = [];
  #look = '';
  #dragged: PlacedColumn | undefined;

  constructor(actions: ColumnActions) {
    this.#actions = actions;
    this.#box.style.width = `${BOX}px`;
    this.#box.addEventListener('click', () => actions.selectAll());
  }

  /** @param at place of the column; 0 is the box */
  cell(at: number): HTMLElement | undefined {
    return at === 0 ? this.#box : this.#cells.get(this.#columns[at - 1]?.key ?? '');
  }

  drawBox(state: BoxState): void {
    const tick = this.#box.firstElementChild;
    tick?.classList.toggle('ticked', state === 'all');
    tick?.classList.toggle('partly', state === 'some');
    this.#box.setAttribute('aria-label', state === 'all' ? 'Select none' : 'Select all');
  }

  draw(columns: readonly PlacedColumn[], shown: readonly number[], sort: readonly SortKey[]): void {
    const looks = shown.map((at) => {
      const column = columns[at];
      return [at, column?.key, column?.label, column?.left, column?.width, column?.pinned, column?.isNumber];
    });
    const look = JSON.stringify([looks, sort]);
    this.#columns = columns;
    if (look === this.#look) return;
    this.#look = look;
    this.#cells.clear();
    const lead: Node[] = [this.#box];
    const others: Node[] = [];
    for (const at of shown) {
      const column = columns[at];
      if (!column) continue;
      const cell = this.#makeCell(column, columns[at - 1], sort);
      cell.setAttribute('aria-colindex', String(at + 2));
      this.#cells.set(column.key, cell);
      (column.pinned ? lead : others).push(cell);
    }
    this.#lead.replaceChildren(...lead);
    this.element.replaceChildren(this.#lead, ...others);
  }

  #makeCell(column: PlacedColumn, before: PlacedColumn | undefined, sort: readonly SortKey[]): HTMLElement {
    const key = column.isSortable ? sort.findIndex(({ id }) => id === column.id) : -1;
    const direction = key < 0 ? undefined : sort[key]?.descending ? 'descending' : 'ascending';
    const prefix =
      column.group === 'attributes' ? '' : { params: 'param', metrics: 'metric', tags: 'tag' }[column.group];
    const cell = element(
      'div',
      {
        class: `cell heading ${column.group}${column.isNumber ? ' number' : ''}${column.isSortable ? '' : ' unsortable'}`,
        title: [prefix, column.label].filter(Boolean).join(' '),
        attributes: { role: 'columnheader', 'aria-sort': column.isSortable ? (direction ?? 'none') : undefined },
      },
      column.group !== before?.group || column.pinned !== before.pinned
        ? element('span', { class: 'caption', attributes: { 'aria-hidden': 'true' } }, CAPTIONS[column.group])
        : undefined,
      element('span', { class: 'label' }, column.label),
      direction ? icon(direction === 'ascending' ? 'arrow-up' : 'arrow-down') : undefined,
      direction && sort.length > 1 ? element('span', { class: 'nth' }, String(key + 1)) : undefined,
    );
    cell.dataset.column = column.key;
    cell.draggable = true;
    cell.style.width = `${column.width}px`;
    cell.style.left = `${column.left}px`;
    cell.addEventListener('click', (event) => this.#actions.sort(column, event.shiftKey));
    cell.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      event.stopPropagation();
      const box = cell.getBoundingClientRect();
      // A menu by keyboard has no place of its own.
      const isByMouse = event.button === 2 && event.clientX > 0;
      this.#actions.openMenu(
        column,
        isByMouse ? { x: event.clientX, y: event.clientY } : { x: box.left, y: box.bottom },
      );
    });
    this.#makeDraggable(cell, column);
    cell.append(this.#handle(column));
    return cell;
  }

  #makeDraggable(cell: HTMLElement, column: PlacedColumn): void {
    cell.addEventListener('dragstart', (event) => {
      this.#dragged = column;
      event.dataTransfer?.setData('text/plain', column.label);
    });
    cell.addEventListener('dragover', (event) => {
      if (!this.#dragged || this.#dragged.pinned !== column.pinned) return;
      event.preventDefault();
      cell.classList.add('target');
    });
    cell.addEventListener('dragleave', () => cell.classList.remove('target'));
    cell.addEventListener('drop', (event) => {
      event.preventDefault();
      cell.classList.remove('target');
      if (this.#dragged && this.#dragged.key !== column.key) this.#actions.move(this.#dragged, column);
      this.#dragged = undefined;
    });
  }

  #handle(column: PlacedColumn): HTMLElement {
    const handle = element('span', { class: 'handle', attributes: { 'aria-hidden': 'true' } });
    handle.addEventListener('click', (event) => event.stopPropagation());
    handle.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      event.stopPropagation();
      const start = event.clientX;
      const resize = (moved: PointerEvent) =>
        this.#actions.resize(column, clampWidth(column.width + moved.clientX - start));
      const end = () => {
        window.removeEventListener('pointermove', resize);
        window.removeEventListener('pointerup', end);
      };
      window.addEventListener('pointermove', resize);
      window.addEventListener('pointerup', end);
    });
    return handle;
  }
}
