import type { RowHead, RunFamily, RunHead } from '../../src/protocol/runsTable.ts';
import { element, icon, statusIcon, swatch } from '../shared/dom.ts';
import { countText } from '../shared/number.ts';
import type { CellTexts } from './blocks.ts';
import { BOX, type PlacedColumn, ROW } from './layout.ts';

/** In place of an index. */
const UNREAD = -1;
const SVG = 'http://www.w3.org/2000/svg';

/** What a row shows. */
export interface DrawnRow {
  /** From 0. */
  readonly index: number;
  /** px from the top of the canvas. */
  readonly place: number;
  readonly head: RowHead | undefined;
  readonly isSelected: boolean;
  readonly cell: (key: string) => CellTexts | undefined;
}

/** The columns that can be seen, the same for all rows. */
export interface ColumnWindow {
  readonly columns: readonly PlacedColumn[];
  readonly shown: readonly number[];
  /** Tells which are shown, to be compared. */
  readonly key: string;
}

/** The elements of one row; they are filled again and again while the table is scrolled. */
export class RowView {
  readonly element = element('div', { class: 'row', attributes: { role: 'row' } });
  readonly #lead = element('div', { class: 'lead' });
  readonly #box = element('div', { class: 'cell box', attributes: { role: 'gridcell', 'aria-colindex': '1' } });
  readonly #cells = new Map<string, HTMLElement>();
  readonly #looks = new Map<HTMLElement, string>();
  #window: ColumnWindow | undefined;
  #index = UNREAD;
  #place = Number.NaN;

  constructor() {
    this.#box.style.width = `${BOX}px`;
    this.#lead.append(this.#box);
    this.element.append(this.#lead);
  }

  /** @param at place of the column; 0 is the box */
  cell(at: number, columns: readonly PlacedColumn[]): HTMLElement | undefined {
    return at === 0 ? this.#box : this.#cells.get(columns[at - 1]?.key ?? '');
  }

  /** Until the row has been read; what it showed is kept, since it is likely to be filled again soon. */
  hide(): void {
    if (this.#index === UNREAD) return;
    this.#index = UNREAD;
    this.#place = -2 * ROW;
    // Out of the window: styles of hidden rows would be worked out twice, when they go and when they come.
    this.element.style.transform = `translateY(${this.#place}px)`;
    this.element.setAttribute('aria-hidden', 'true');
  }

  draw(row: DrawnRow, window: ColumnWindow): void {
    const { head, isSelected } = row;
    const { columns, shown } = window;
    if (this.#place !== row.place) {
      this.#place = row.place;
      this.element.style.transform = `translateY(${row.place}px)`;
    }
    if (this.#index !== row.index) {
      this.#index = row.index;
      this.element.setAttribute('aria-rowindex', String(row.index + 2));
      this.element.removeAttribute('aria-hidden');
    }
    const isRun = head !== undefined && 'runId' in head;
    this.element.dataset.run = isRun ? head.runId : '';
    const { classList } = this.element;
    classList.toggle('group', head !== undefined && !isRun);
    classList.toggle('pinned', isRun && head.isPinned);
    classList.toggle('selected', isSelected);
    this.#drawFamily(isRun ? head.family : undefined);
    if (isRun) this.element.setAttribute('aria-selected', String(isSelected));
    else this.element.removeAttribute('aria-selected');
    this.#drawBox(row);
    if (this.#window?.columns !== columns || this.#window.key !== window.key) this.#arrange(columns, shown);
    this.#window = window;
    for (const at of shown) {
      const column = columns[at];
      const made = column && this.#cells.get(column.key);
      if (column && made) this.#drawCell(made, column, row);
    }
  }

  #drawFamily(family: RunFamily | undefined): void {
    this.element.classList.toggle('context', family?.isContext ?? false);
    this.element.classList.toggle('child', (family?.level ?? 0) > 0);
    const states = {
      'aria-level': family && String(family.level + 1),
      'aria-expanded': family?.children ? String(family.isOpen) : undefined,
    };
    for (const [name, value] of Object.entries(states)) {
      if (value === undefined) this.element.removeAttribute(name);
      else this.element.setAttribute(name, value);
    }
  }

  #drawBox({ head, isSelected }: DrawnRow): void {
    const isRun = head !== undefined && 'runId' in head;
    const look = !head ? '' : isRun ? String(isSelected) : JSON.stringify(head);
    if (this.#looks.get(this.#box) === look) return;
    this.#looks.set(this.#box, look);
    if (!head) this.#box.replaceChildren();
    else if (isRun) this.#box.replaceChildren(element('span', { class: `tick${isSelected ? ' ticked' : ''}` }));
    else this.#box.replaceChildren(icon(head.isClosed ? 'chevron-right' : 'chevron-down'));
    const isGroup = head !== undefined && !isRun;
    const word = isRun ? (isSelected ? 'selected' : 'not selected') : 'loading';
    this.#box.setAttribute('aria-label', isGroup ? `Group ${head.label}, ${head.count} runs` : word);
    if (isGroup) this.#box.setAttribute('aria-expanded', String(!head.isClosed));
    else this.#box.removeAttribute('aria-expanded');
  }

  /** Makes the cells that are to be seen, and removes the others. */
  #arrange(columns: readonly PlacedColumn[], shown: readonly number[]): void {
    const wanted = new Set(shown.map((at) => columns[at]?.key));
    for (const [key, cell] of this.#cells) {
      if (wanted.has(key)) continue;
      cell.remove();
      this.#looks.delete(cell);
      this.#cells.delete(key);
    }
    for (const at of shown) {
      const column = columns[at];
      if (!column) continue;
      const cell = this.#cells.get(column.key) ?? element('div', { attributes: { role: 'gridcell' } });
      cell.setAttribute('aria-colindex', String(at + 2));
      const { style } = cell;
      if (style.width !== `${column.width}px`) style.width = `${column.width}px`;
      if (style.left !== `${column.left}px`) style.left = `${column.left}px`;
      const parent = column.pinned ? this.#lead : this.element;
      if (cell.parentElement !== parent || (column.pinned && this.#lead.children[at + 1] !== cell)) parent.append(cell);
      this.#cells.set(column.key, cell);
    }
  }

  #drawCell(cell: HTMLElement, column: PlacedColumn, row: DrawnRow): void {
    const { head } = row;
    const texts = row.cell(column.key);
    const look = lookOf(column, head, texts);
    if (this.#looks.get(cell) === look) return;
    this.#looks.set(cell, look);
    const isName = column.id === 'attributes.run_name';
    const isMissing = !isName && (!texts || texts.text === null);
    const isFaint = isMissing || texts?.isDerived;
    cell.className = `cell${column.isNumber ? ' number' : ''}${isFaint ? ' missing' : ''}`;
    cell.dataset.column = column.key;
    cell.style.backgroundColor =
      texts && texts.heat >= 0
        ? `color-mix(in srgb, var(--vscode-charts-green) ${Math.round(4 + texts.heat * 26)}%, transparent)`
        : '';
    cell.title = texts?.full ?? texts?.text ?? '';
    if (head && 'group' in head && isName) {
      cell.title = head.label;
      cell.replaceChildren(
        element('span', { class: 'name' }, head.label || '(empty)'),
        element('span', { class: 'count' }, String(head.count)),
      );
    } else if (column.statistic === 'curve') {
      cell.title = '';
      cell.replaceChildren(texts?.text && head && 'runId' in head ? curve(texts.text, head) : '');
    } else if (head && 'runId' in head && isName) {
      const { level = 0, children = 0, isOpen = false } = head.family ?? {};
      cell.replaceChildren(
        ...twistie(level, children > 0 ? isOpen : undefined),
        swatch(head),
        element('span', { class: 'name' }, head.name),
        children > 0 ? element('span', { class: 'count', title: childRuns(children) }, `(${children})`) : '',
        head.isPinned ? icon('pinned') : '',
      );
    } else if (head && 'runId' in head && column.id === 'attributes.status') {
      cell.title = head.status.toLowerCase();
      const made = statusIcon(head.status);
      made.setAttribute('aria-hidden', 'true');
      cell.replaceChildren(made, element('span', {}, head.status.toLowerCase()));
    } else {
      cell.textContent = texts?.text ?? '';
    }
  }
}

/** What a cell is drawn from: the same for the same picture. */
function lookOf({ id, statistic }: PlacedColumn, head: RowHead | undefined, texts: CellTexts | undefined): string {
  const isOfHead = id === 'attributes.run_name' || id === 'attributes.status' || statistic === 'curve';
  const own = isOfHead || (head && 'group' in head) ? JSON.stringify(head) : '';
  return texts ? `${own} ${texts.isDerived} ${texts.text} ${texts.full} ${texts.heat} ${texts.text === null}` : own;
}

/** The place at the beginning of a name that opens and closes. @param isOpen `undefined`: there is nothing to open */
function twistie(level: number, isOpen: boolean | undefined): readonly Node[] {
  const made = element('span', { class: 'twistie', attributes: { 'aria-hidden': 'true' } });
  if (isOpen !== undefined) made.append(icon(isOpen ? 'chevron-down' : 'chevron-right'));
  const indents = Array.from({ length: level }, () => element('span', { class: 'indent' }));
  return [...indents, made];
}

function childRuns(count: number): string {
  return `${countText(count)} child ${count === 1 ? 'run' : 'runs'}`;
}

function curve(path: string, { color }: RunHead): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'curve');
  svg.setAttribute('viewBox', '0 0 72 16');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  line.setAttribute('stroke', color);
  svg.append(line);
  return svg;
}
