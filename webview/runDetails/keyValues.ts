import type { KeyValue } from '../../src/protocol/runDetails.ts';
import { element } from '../shared/dom.ts';
import { linkButton, smallButton } from './buttons.ts';
import { filterBox } from './filterBox.ts';
import { longText } from './longText.ts';

/** Rows that are drawn at first, and with every "more". */
const SHOWN = 100;
/** A filter is worth its place from so many rows on. */
const FILTERED = 8;

export interface KeyValueOptions {
  readonly caption: string;
  readonly empty: string;
  readonly onCopy: (text: string) => void;
  /** Buttons after the copy button of a row. */
  readonly buttons?: (pair: KeyValue, row: HTMLElement) => readonly HTMLElement[];
}

/** Names and their values, with a filter. Rows stay while others come and go: what is edited or focused is not disturbed. */
export class KeyValues {
  readonly element: HTMLElement;
  readonly filter: HTMLInputElement;
  readonly #options: KeyValueOptions;
  readonly #body = element('tbody', {});
  readonly #rows = new Map<string, { readonly value: string; readonly row: HTMLElement }>();
  readonly #note = element('p', { class: 'note' });
  #pairs: readonly KeyValue[] = [];
  #shown = SHOWN;

  constructor(options: KeyValueOptions) {
    this.#options = options;
    this.filter = filterBox(`Filter ${options.caption.toLowerCase()}`, '', () => this.draw());
    const caption = element('caption', { class: 'visually-hidden' }, options.caption);
    this.element = element(
      'div',
      {},
      element('table', { class: 'pairs' }, caption, pairColumns(), this.#body),
      this.#note,
    );
  }

  update(pairs: readonly KeyValue[]): void {
    this.#pairs = pairs;
    this.filter.hidden = pairs.length < FILTERED;
    this.draw();
  }

  /** Draws what has changed. */
  draw(): void {
    const words = this.filter.value.toLowerCase();
    const matching = this.#pairs.filter(({ key, value }) => `${key}\n${value}`.toLowerCase().includes(words));
    const shown = matching.slice(0, this.#shown);
    const rows = shown.map((pair) => this.#row(pair));
    const keys = new Set(shown.map(({ key }) => key));
    for (const [key, { row }] of this.#rows) {
      // What is being edited stays, even where it has gone or does not match.
      if (keys.has(key) || row.querySelector('form')) continue;
      row.remove();
      this.#rows.delete(key);
    }
    // Only rows out of place are moved: moving takes the focus away.
    rows.forEach((row, at) => {
      if (this.#body.children[at] !== row) this.#body.insertBefore(row, this.#body.children[at] ?? null);
    });
    this.#say(matching.length);
  }

  #row(pair: KeyValue): HTMLElement {
    const known = this.#rows.get(pair.key);
    if (known && (known.value === pair.value || known.row.querySelector('form'))) return known.row;
    const row = element('tr', { attributes: { 'data-key': pair.key } });
    const buttons = [
      smallButton(`Copy ${pair.key}`, 'copy', () => this.#options.onCopy(pair.value)),
      ...(this.#options.buttons?.(pair, row) ?? []),
    ];
    row.append(
      element('th', { title: pair.key, attributes: { scope: 'row' } }, pair.key),
      element('td', { class: 'value' }, longText(pair.value)),
      element('td', { class: 'buttons' }, ...buttons),
    );
    const hadFocus = known?.row.contains(document.activeElement);
    known?.row.replaceWith(row);
    if (hadFocus) row.querySelector('button')?.focus();
    this.#rows.set(pair.key, { value: pair.value, row });
    return row;
  }

  #say(matching: number): void {
    const more = matching - this.#shown;
    const text = this.#pairs.length === 0 ? this.#options.empty : matching === 0 ? 'None matches the filter.' : '';
    this.#note.hidden = text === '' && more <= 0;
    this.#note.replaceChildren(text);
    if (more <= 0) return;
    this.#note.append(
      `${more} more `,
      linkButton('Show more', undefined, () => {
        this.#shown += SHOWN;
        this.draw();
      }),
    );
  }
}

/** Widths of the columns of names, values and buttons. */
export function pairColumns(): HTMLElement {
  return element(
    'colgroup',
    {},
    element('col', { class: 'keys' }),
    element('col', {}),
    element('col', { class: 'ends' }),
  );
}
