import { element, icon } from '../shared/dom.ts';

export interface SectionOptions {
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
  /** Beside the title, such as a filter. */
  readonly tools?: readonly HTMLElement[];
}

/** A part of the page under a heading that opens and closes it. */
export class Section {
  readonly element: HTMLElement;
  readonly body = element('div', { class: 'body' });
  readonly #count = element('span', { class: 'count' });
  #isOpen = true;

  constructor(title: string, { isOpen, onToggle, tools = [] }: SectionOptions) {
    const chevron = icon(isOpen ? 'chevron-down' : 'chevron-right');
    const toggle = element(
      'button',
      { class: 'section-title', attributes: { type: 'button', 'aria-expanded': String(isOpen) } },
      chevron,
      title,
      this.#count,
    );
    const toolbar = element('div', { class: 'tools' }, ...tools);
    const show = (open: boolean) => {
      toggle.setAttribute('aria-expanded', String(open));
      chevron.className = `codicon codicon-${open ? 'chevron-down' : 'chevron-right'}`;
      this.#isOpen = open;
      this.body.hidden = !open;
      toolbar.hidden = !open;
    };
    toggle.addEventListener('click', () => {
      const open = !this.#isOpen;
      show(open);
      onToggle(open);
    });
    show(isOpen);
    const head = element('div', { class: 'section-head' }, element('h2', {}, toggle), toolbar);
    this.element = element('section', { attributes: { 'aria-label': title } }, head, this.body);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  set count(text: string) {
    this.#count.textContent = text;
  }

  get hidden(): boolean {
    return this.element.hidden === true;
  }

  set hidden(hidden: boolean) {
    this.element.hidden = hidden;
  }
}
