import { element, icon } from '../shared/dom.ts';
import { type MenuItem, openMenu } from '../shared/menu.ts';

export interface CardOptions {
  /** Of the card among all. */
  readonly id: string;
  readonly title: string;
  /** The title's part that repeats its section's. */
  readonly prefix?: string | undefined;
  readonly menu: () => readonly MenuItem[];
  readonly onFull: () => void;
  /** Another card is dropped before this one. Cards that cannot be moved have none. */
  readonly onDrop?: ((movedId: string) => void) | undefined;
}

const DRAGGED = 'application/x-mlflow-chart';

/** The frame of a chart: its title, what can be done with it, and the place to draw on. */
export class Card {
  readonly element: HTMLElement;
  readonly plot = element('div', { class: 'plot' });
  readonly controls = element('span', { class: 'controls' });
  readonly caption = element('span', { class: 'caption' });
  readonly note = element('p', { class: 'note', attributes: { hidden: '' } });
  readonly #full: HTMLButtonElement;

  constructor({ id, title, prefix = '', menu, onFull, onDrop }: CardOptions) {
    const more = cardButton(`More of ${title}`, 'ellipsis', () => {
      const { left, bottom } = more.getBoundingClientRect();
      openMenu(menu(), { x: left, y: bottom + 2 }, title);
    });
    more.setAttribute('aria-haspopup', 'menu');
    this.#full = cardButton('', 'screen-full', onFull);
    const heading = element(
      'h3',
      { title },
      element('span', { class: 'prefix' }, prefix),
      element('span', { class: 'name' }, title.slice(prefix.length)),
    );
    this.element = element(
      'section',
      { class: 'card', attributes: { 'data-card': id, 'aria-label': title } },
      element(
        'div',
        { class: 'head' },
        heading,
        this.controls,
        this.caption,
        element('span', { class: 'spring' }),
        this.#full,
        more,
      ),
      this.plot,
      this.note,
    );
    this.isFull = false;
    if (onDrop) letMove(this.element, heading, id, onDrop);
    this.element.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      openMenu(menu(), { x: event.clientX, y: event.clientY }, title);
    });
  }

  set isFull(isFull: boolean) {
    const label = isFull ? 'Leave full size' : 'Full size';
    this.element.classList.toggle('full', isFull);
    this.#full.setAttribute('aria-label', label);
    this.#full.title = label;
    this.#full.replaceChildren(icon(isFull ? 'screen-normal' : 'screen-full'));
  }

  /** A line below the chart about what it cannot show; none when undefined. */
  say(note: string | undefined, ...more: readonly (Node | string)[]): void {
    this.note.hidden = note === undefined;
    this.note.replaceChildren(note ?? '', ...more);
  }
}

function cardButton(label: string, name: string, onClick: () => void): HTMLButtonElement {
  const made = element(
    'button',
    { class: 'card-button', title: label, attributes: { 'aria-label': label } },
    icon(name),
  );
  made.addEventListener('click', onClick);
  return made;
}

/** Dragging by the heading, as VS Code's own editors are moved by their tabs. */
function letMove(card: HTMLElement, heading: HTMLElement, id: string, onDrop: (movedId: string) => void): void {
  heading.draggable = true;
  heading.addEventListener('dragstart', ({ dataTransfer }) => {
    dataTransfer?.setData(DRAGGED, id);
    if (dataTransfer) dataTransfer.effectAllowed = 'move';
  });
  const isCard = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes(DRAGGED) ?? false;
  card.addEventListener('dragover', (event) => {
    if (!isCard(event)) return;
    event.preventDefault();
    card.classList.add('dropping');
  });
  card.addEventListener('dragleave', () => card.classList.remove('dropping'));
  card.addEventListener('drop', (event) => {
    card.classList.remove('dropping');
    const moved = event.dataTransfer?.getData(DRAGGED);
    if (moved && moved !== id) onDrop(moved);
  });
}
