import type { Completion } from '../../src/protocol/runsTable.ts';
import { element, icon } from '../shared/dom.ts';

export interface FilterBoxOptions {
  readonly complete: (text: string) => Promise<Completion>;
  readonly apply: (filter: string) => void;
}

/** ms without a key, after which a filter that looks finished is applied. */
const PAUSE = 500;

/** The filter in MLflow's search language; completes keys, comparisons and values of the experiment. */
export class FilterBox {
  readonly element: HTMLElement;
  readonly #input = element('input', {
    class: 'filter-input',
    attributes: {
      type: 'text',
      role: 'combobox',
      spellcheck: 'false',
      placeholder: 'Filter: metrics.rmse < 0.8 and params.alpha = "0.5", or a part of the name',
      'aria-label': 'Filter runs',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': 'completions',
    },
  });
  readonly #list = element('ul', {
    class: 'completions',
    attributes: { role: 'listbox', id: 'completions', 'aria-label': 'Completions', hidden: '' },
  });
  readonly #error = element('div', {
    class: 'filter-error',
    attributes: { role: 'alert', id: 'filter-error', hidden: '' },
  });
  readonly #options: FilterBoxOptions;
  #completion: Completion = { from: 0, items: [] };
  #active = -1;
  #applied = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(options: FilterBoxOptions) {
    this.#options = options;
    this.element = element(
      'div',
      { class: 'filter' },
      element('div', { class: 'filter-field' }, icon('filter'), this.#input),
      this.#list,
      this.#error,
    );
    this.#input.addEventListener('input', () => {
      void this.#complete();
      this.#applySoon();
    });
    this.#input.addEventListener('keydown', (event) => this.#onKey(event));
    this.#input.addEventListener('blur', () => {
      this.#close();
      this.#apply();
    });
  }

  focus(): void {
    this.#input.focus();
  }

  /** What is typed at the moment is not disturbed. */
  set value(filter: string) {
    if (this.#applied === filter && this.#input.value !== '') return;
    this.#applied = filter;
    if (document.activeElement !== this.#input) this.#input.value = filter;
  }

  set error(message: string | undefined) {
    if (this.#error.textContent === (message ?? '')) return;
    this.#error.textContent = message ?? '';
    this.#error.hidden = message === undefined;
    this.#input.toggleAttribute('aria-invalid', message !== undefined);
    if (message === undefined) this.#input.removeAttribute('aria-describedby');
    else this.#input.setAttribute('aria-describedby', 'filter-error');
  }

  clear(): void {
    this.#input.value = '';
    this.#apply();
  }

  #applySoon(): void {
    clearTimeout(this.#timer);
    const isFinished = /(['")\d]|^)\s*$/.test(this.#input.value) || /^[\w -]+$/.test(this.#input.value);
    if (isFinished) this.#timer = setTimeout(() => this.#apply(), PAUSE);
  }

  #apply(): void {
    clearTimeout(this.#timer);
    const filter = this.#input.value.trim();
    if (filter === this.#applied) return;
    this.#applied = filter;
    this.#options.apply(filter);
  }

  async #complete(): Promise<void> {
    const asked = ++this.#asked;
    const text = this.#input.value.slice(0, this.#input.selectionStart ?? undefined);
    const completion = await this.#options.complete(text);
    if (asked !== this.#asked || document.activeElement !== this.#input) return;
    // What was stepped to meanwhile stays chosen where it is still offered.
    const chosen = this.#completion.items[this.#active]?.text;
    this.#completion = completion;
    this.#active = completion.items.findIndex(({ text: item }) => item === chosen);
    this.#list.replaceChildren(
      ...completion.items.map(({ text: item, detail }, at) => {
        const entry = element(
          'li',
          { attributes: { role: 'option', id: `completion-${at}`, 'aria-selected': String(at === this.#active) } },
          element('span', { class: 'item' }, item.trim()),
          element('span', { class: 'detail' }, detail),
        );
        entry.addEventListener('pointerdown', (event) => {
          event.preventDefault(); // the focus stays in the box
          this.#accept(at);
        });
        return entry;
      }),
    );
    this.#setOpen(completion.items.length > 0);
  }

  #setOpen(isOpen: boolean): void {
    this.#list.hidden = !isOpen;
    this.#input.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen || this.#active < 0) this.#input.removeAttribute('aria-activedescendant');
  }

  #close(): void {
    this.#asked += 1;
    this.#active = -1;
    this.#setOpen(false);
  }

  #accept(at: number): void {
    const item = this.#completion.items[at];
    if (!item) return;
    const end = this.#input.selectionStart ?? this.#input.value.length;
    const before = this.#input.value.slice(0, this.#completion.from) + item.text;
    this.#input.value = before + this.#input.value.slice(end).trimStart();
    this.#input.setSelectionRange(before.length, before.length);
    this.#active = -1;
    void this.#complete();
    this.#applySoon();
  }

  #onKey(event: KeyboardEvent): void {
    const isOpen = !this.#list.hidden;
    if (event.key === ' ' && event.ctrlKey) void this.#complete();
    else if (event.key === 'ArrowDown' && !isOpen) void this.#complete();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.#step(event.key === 'ArrowDown' ? 1 : -1);
    else if ((event.key === 'Enter' || event.key === 'Tab') && isOpen && this.#active >= 0) this.#accept(this.#active);
    else if (event.key === 'Enter') {
      this.#close();
      this.#apply();
    } else if (event.key === 'Escape' && isOpen) this.#close();
    else return;
    event.preventDefault();
  }

  #step(by: number): void {
    const { length } = this.#completion.items;
    this.#active = (this.#active + by + length + (this.#active < 0 && by < 0 ? 1 : 0)) % length;
    for (const [at, entry] of [...this.#list.children].entries()) {
      entry.setAttribute('aria-selected', String(at === this.#active));
      if (at === this.#active) entry.scrollIntoView({ block: 'nearest' });
    }
    this.#input.setAttribute('aria-activedescendant', `completion-${this.#active}`);
  }
}
