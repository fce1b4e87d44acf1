import { element, icon } from '../shared/dom.ts';
import { PINNED, type Section } from './sections.ts';

/** A card that can be put on the board and taken from it. */
export interface BoardCard {
  readonly card: { readonly element: HTMLElement; isFull: boolean };
  dispose(): void;
}

export interface BoardOptions<C extends BoardCard> {
  readonly make: (metricKey: string) => C;
  /** A card came into view: there is something to read for it. */
  readonly onShow: (metricKey: string, card: C) => void;
  readonly onHide: (metricKey: string) => void;
  readonly onFold: (section: string, isClosed: boolean) => void;
}

interface DrawnSection {
  readonly element: HTMLElement;
  readonly heading: HTMLButtonElement;
  readonly count: HTMLElement;
  readonly grid: HTMLElement;
}

/** px above and below what can be seen in which cards are made already. */
const AHEAD = '300px';

/**
 * The cards of metrics in their sections. Each has its place; a chart is made when the place comes into view, and taken
 * away when it is far from it, so that twelve thousand metrics cost what twelve do.
 */
export class Board<C extends BoardCard> {
  readonly element = element('div', { class: 'board' });
  readonly #options: BoardOptions<C>;
  readonly #sections = new Map<string, DrawnSection>();
  readonly #places = new Map<string, HTMLElement>();
  readonly #cards = new Map<string, C>();
  readonly #observer: IntersectionObserver;
  readonly #root: HTMLElement;
  /** Places that were made since the last drawing. */
  readonly #fresh = new Set<string>();

  constructor(root: HTMLElement, options: BoardOptions<C>) {
    this.#options = options;
    this.#root = root;
    this.#observer = new IntersectionObserver((entries) => this.#onIntersection(entries), { root, rootMargin: AHEAD });
  }

  get cards(): ReadonlyMap<string, C> {
    return this.#cards;
  }

  draw(sections: readonly Section[], closed: readonly string[], full: string | undefined): void {
    const keys = new Set(sections.flatMap(({ metricKeys }) => metricKeys));
    for (const [key, place] of this.#places) {
      if (keys.has(key)) continue;
      this.#takeAway(key);
      this.#observer.unobserve(place);
      place.remove();
      this.#places.delete(key);
    }
    for (const [name, { element: drawn }] of this.#sections) {
      if (sections.some((section) => section.name === name)) continue;
      drawn.remove();
      this.#sections.delete(name);
    }
    sections.forEach((section, at) => {
      const drawn = this.#sections.get(section.name) ?? this.#addSection(section.name);
      putAt(this.element, drawn.element, at);
      const isClosed = closed.includes(section.name) && full === undefined;
      drawn.grid.hidden = isClosed;
      drawn.heading.setAttribute('aria-expanded', String(!isClosed));
      drawn.heading.firstElementChild?.replaceWith(icon(isClosed ? 'chevron-right' : 'chevron-down'));
      drawn.count.textContent = String(section.metricKeys.length);
      for (const [place, key] of section.metricKeys.entries()) putAt(drawn.grid, this.#place(key), place);
    });
    this.#putFirst();
    this.element.classList.toggle('has-full', full !== undefined && this.#places.has(full));
    for (const [key, place] of this.#places) {
      place.classList.toggle('full', key === full);
      const card = this.#cards.get(key)?.card;
      if (card) card.isFull = key === full;
    }
  }

  /** The browser tells a frame later what can be seen: the first cards need not wait for it. */
  #putFirst(): void {
    if (this.#fresh.size === 0) return;
    const { bottom } = this.#root.getBoundingClientRect();
    for (const key of this.#fresh) {
      const place = this.#places.get(key);
      if (!place || place.getBoundingClientRect().top > bottom) break;
      if (place.offsetParent && !this.#cards.has(key)) this.#put(key, place);
    }
    this.#fresh.clear();
  }

  #place(metricKey: string): HTMLElement {
    const known = this.#places.get(metricKey);
    if (known) return known;
    const made = element('div', { class: 'slot' });
    made.dataset.slot = metricKey;
    this.#places.set(metricKey, made);
    this.#fresh.add(metricKey);
    this.#observer.observe(made);
    return made;
  }

  #addSection(name: string): DrawnSection {
    const grid = element('div', { class: 'grid' });
    const count = element('span', { class: 'count' });
    const isPinned = name === PINNED ? icon('pinned') : undefined;
    const heading = element('button', {}, icon('chevron-down'), isPinned, element('span', {}, name), count);
    heading.addEventListener('click', () => this.#options.onFold(name, !grid.hidden));
    const drawn = {
      element: element(
        'section',
        { class: 'cards', attributes: { 'aria-label': name } },
        element('h2', {}, heading),
        grid,
      ),
      heading,
      count,
      grid,
    };
    this.#sections.set(name, drawn);
    return drawn;
  }

  #onIntersection(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (!(target instanceof HTMLElement)) continue;
      const key = target.dataset.slot ?? '';
      // A card with the focus stays: keys would go nowhere.
      if (!isIntersecting && !target.contains(document.activeElement)) this.#takeAway(key);
      else if (isIntersecting && !this.#cards.has(key)) this.#put(key, target);
    }
  }

  #put(metricKey: string, place: HTMLElement): void {
    const made = this.#options.make(metricKey);
    this.#cards.set(metricKey, made);
    made.card.isFull = place.classList.contains('full');
    place.replaceChildren(made.card.element);
    this.#options.onShow(metricKey, made);
  }

  #takeAway(metricKey: string): void {
    const card = this.#cards.get(metricKey);
    if (!card) return;
    card.dispose();
    this.#cards.delete(metricKey);
    this.#options.onHide(metricKey);
  }
}

function putAt(parent: HTMLElement, child: HTMLElement, at: number): void {
  if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null);
}
