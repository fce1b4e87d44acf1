import type { ChartRun } from '../../src/protocol/charts.ts';
import { iconButton } from '../shared/controls.ts';
import { element, statusIcon, swatch } from '../shared/dom.ts';

/** A row of the list: a run, or a group of them. */
export interface ListEntry extends Pick<ChartRun, 'color' | 'dash'> {
  /** The run's id, or the group's label. */
  readonly id: string;
  readonly label: string;
  readonly isVisible: boolean;
  readonly status?: ChartRun['status'] | undefined;
  /** What stands at the end of the row. */
  readonly value: string;
}

export interface RunListOptions {
  readonly onToggle: (ids: readonly string[], isVisible: boolean) => void;
  readonly onOnly: (id: string) => void;
  /** The pointer or the focus is on a row, or on none. */
  readonly onPoint: (id: string | undefined) => void;
  readonly onOpen: (id: string) => void;
}

interface Row {
  readonly element: HTMLElement;
  readonly box: HTMLInputElement;
  readonly value: HTMLElement;
  readonly name: HTMLElement;
  status: HTMLElement | undefined;
  swatch: SVGSVGElement;
  color: string;
}

/** Rows that are drawn; the search finds the others. */
const SHOWN = 300;

/** The legend of all charts: which run has which colour, and which are drawn. Rows are kept while values change. */
export class RunList {
  readonly element: HTMLElement;
  readonly #list = element('ul', { class: 'runs', attributes: { 'aria-label': 'Runs' } });
  readonly #more = element('p', { class: 'more', attributes: { hidden: '' } });
  readonly #count = element('p', { class: 'drawn', attributes: { role: 'status', hidden: '' } });
  readonly #search = element('input', {
    class: 'search',
    attributes: { type: 'search', placeholder: 'Search runs', 'aria-label': 'Search runs', spellcheck: 'false' },
  });
  readonly #options: RunListOptions;
  readonly #rows = new Map<string, Row>();
  #entries: readonly ListEntry[] = [];
  #valueTitle = '';

  constructor(options: RunListOptions) {
    this.#options = options;
    const toggleAll = (isVisible: boolean) =>
      options.onToggle(
        this.#matching().map(({ id }) => id),
        isVisible,
      );
    this.#search.addEventListener('input', () => this.#draw());
    this.element = element(
      'aside',
      { attributes: { 'aria-label': 'Runs' } },
      element(
        'div',
        { class: 'list-head' },
        this.#search,
        iconButton('Show all', 'eye', () => toggleAll(true)),
        iconButton('Hide all', 'eye-closed', () => toggleAll(false)),
      ),
      this.#count,
      this.#list,
      this.#more,
    );
    this.#list.addEventListener('pointerleave', () => options.onPoint(undefined));
    this.#list.addEventListener('focusout', () => options.onPoint(undefined));
    this.#list.addEventListener('keydown', (event) => this.#onKey(event));
  }

  /** @param valueTitle what the values of the rows are */
  draw(entries: readonly ListEntry[], valueTitle: string): void {
    this.#entries = entries;
    this.#valueTitle = valueTitle;
    this.#draw();
  }

  #matching(): readonly ListEntry[] {
    const words = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return this.#entries;
    return this.#entries.filter(({ label, id }) => {
      const text = `${label} ${id}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }

  #draw(): void {
    const matching = this.#matching();
    const shown = matching.slice(0, SHOWN);
    const ids = new Set(shown.map(({ id }) => id));
    for (const [id, { element: row }] of this.#rows) {
      if (ids.has(id)) continue;
      row.remove();
      this.#rows.delete(id);
    }
    shown.forEach((entry, at) => {
      const row = this.#rows.get(entry.id) ?? this.#add(entry);
      if (this.#list.children[at] !== row.element) {
        this.#list.insertBefore(row.element, this.#list.children[at] ?? null);
      }
      row.box.checked = entry.isVisible;
      row.value.textContent = entry.value;
      row.value.title = this.#valueTitle;
      if (row.name.textContent !== entry.label) row.name.textContent = entry.label;
      if (row.color !== entry.color) {
        const changed = swatch(entry);
        row.swatch.replaceWith(changed);
        Object.assign(row, { swatch: changed, color: entry.color });
      }
      if (entry.status && row.status && row.status.title !== entry.status) {
        const status = statusIcon(entry.status);
        row.status.replaceWith(status);
        row.status = status;
      }
    });
    const drawn = this.#entries.filter(({ isVisible }) => isVisible).length;
    this.#count.hidden = drawn === this.#entries.length;
    this.#count.textContent = `${drawn} of ${this.#entries.length} drawn`;
    const rest = matching.length - shown.length;
    this.#more.hidden = rest === 0 && matching.length > 0;
    this.#more.textContent = matching.length === 0 ? 'No run is called that.' : `${rest} more: search to see them.`;
  }

  #add(entry: ListEntry): Row {
    const { onToggle, onOnly, onPoint, onOpen } = this.#options;
    const { id, label } = entry;
    const box = element('input', { attributes: { type: 'checkbox' } });
    box.addEventListener('change', () => onToggle([id], box.checked));
    const value = element('span', { class: 'value number' });
    const status = entry.status && statusIcon(entry.status);
    const name = element('span', { class: 'run-name' }, label);
    const picture = swatch(entry);
    const made = element(
      'li',
      { attributes: { 'data-run': id } },
      element('label', { title: `${label}\nAlt+click: only this one` }, box, picture, name, status || undefined, value),
    );
    made.addEventListener('click', (event) => {
      if (!event.altKey) return;
      event.preventDefault();
      onOnly(id);
    });
    made.addEventListener('dblclick', () => onOpen(id));
    made.addEventListener('pointerenter', () => onPoint(id));
    made.addEventListener('focusin', () => onPoint(id));
    const row = { element: made, box, value, name, status: status || undefined, swatch: picture, color: entry.color };
    this.#rows.set(id, row);
    return row;
  }

  /** Up and down as in VS Code's lists; Enter opens, `o` shows only this one. */
  #onKey(event: KeyboardEvent): void {
    const row = (event.target as HTMLElement).closest('li');
    const id = row?.dataset.run;
    if (!row || id === undefined) return;
    const next = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key];
    if (next) next.querySelector('input')?.focus();
    else if (event.key === 'Enter') this.#options.onOpen(id);
    else if (event.key === 'o') this.#options.onOnly(id);
    else return;
    event.preventDefault();
  }
}
