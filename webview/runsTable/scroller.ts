import { HEADER, ROW } from './layout.ts';
import { canvasHeight, isScaled, isStuck, placeAt, type ScrollSizes, scrolledTo } from './scrolling.ts';

/** The window on the table, px. It is kept, since asking the page for it makes the browser lay everything out. */
export interface ScrollView {
  /** From the top of all rows. */
  readonly top: number;
  /** Where the scroll bar is: the same as `top` but for tables that are too tall for a browser. */
  readonly thumb: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Scrolls the table, however many rows it has. */
export class Scroller {
  readonly #element: HTMLElement;
  readonly #onChange: () => void;
  #view: ScrollView = { top: 0, thumb: 0, left: 0, height: 0, width: 0 };
  #rows = 0;
  #wheel: AbortController | undefined;

  /** @param onChange called when another part is to be seen */
  constructor(element: HTMLElement, onChange: () => void) {
    this.#element = element;
    this.#onChange = onChange;
    element.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    element.addEventListener('scrollend', () => this.#settle());
    new ResizeObserver(() => this.#onResize()).observe(element);
  }

  get view(): ScrollView {
    return this.#view;
  }

  /** @param canvas the element that the rows are placed in */
  setRows(count: number, canvas: HTMLElement): void {
    const wasScaled = isScaled(this.#sizes);
    this.#rows = count * ROW;
    canvas.style.height = `${canvasHeight(this.#sizes)}px`;
    if (!wasScaled && !isScaled(this.#sizes)) return;
    this.#listenToWheel();
    const { top, thumb } = placeAt(this.#view.top, this.#sizes);
    this.#element.scrollTop = thumb;
    this.#view = { ...this.#view, top, thumb: this.#element.scrollTop };
  }

  /** px from the top of all rows and from the left; what is left out stays. */
  to({ top = this.#view.top, left = this.#view.left }: { readonly top?: number; readonly left?: number }): void {
    if (top === this.#view.top && left === this.#view.left) return;
    const place = placeAt(top, this.#sizes);
    if (place.thumb !== this.#view.thumb) this.#element.scrollTop = place.thumb;
    if (left !== this.#view.left) this.#element.scrollLeft = left;
    const { scrollTop, scrollLeft } = this.#element;
    // The browser knows best how far it can go, but for a bar that stands for more than it.
    const reached = isScaled(this.#sizes) ? place.top : scrollTop;
    this.#view = { ...this.#view, top: reached, thumb: scrollTop, left: scrollLeft };
  }

  get #sizes(): ScrollSizes {
    return { rows: this.#rows, room: Math.max(0, this.#view.height - HEADER) };
  }

  #onScroll(): void {
    this.catchUp();
    if (isStuck(this.#view, this.#sizes)) this.#settle();
    this.#onChange();
  }

  /** Takes in where the browser has scrolled to: it tells of that only at the next frame. */
  catchUp(): void {
    const { scrollTop, scrollLeft } = this.#element;
    this.#view = { ...this.#view, ...scrolledTo(this.#view, scrollTop, this.#sizes), left: scrollLeft };
  }

  /** Puts the scroll bar where it belongs. */
  #settle(): void {
    const { thumb } = placeAt(this.#view.top, this.#sizes);
    if (!isScaled(this.#sizes) || thumb === this.#view.thumb) return;
    this.#element.scrollTop = thumb;
    this.#view = { ...this.#view, thumb: this.#element.scrollTop };
    this.#onChange();
  }

  /** Only where it is needed: a browser waits for whoever may hold a wheel up. */
  #listenToWheel(): void {
    if (isScaled(this.#sizes) === (this.#wheel !== undefined)) return;
    this.#wheel?.abort();
    this.#wheel = isScaled(this.#sizes) ? new AbortController() : undefined;
    if (!this.#wheel) return;
    const options = { passive: false, signal: this.#wheel.signal };
    this.#element.addEventListener('wheel', (event) => this.#onWheel(event), options);
  }

  /** A wheel moves by what it says, not by what the scroll bar would make of it. */
  #onWheel(event: WheelEvent): void {
    if (event.ctrlKey) return;
    event.preventDefault();
    const unit = [1, ROW, this.#view.height][event.deltaMode] ?? 1;
    const { top, left } = this.#view;
    this.to({ top: top + event.deltaY * unit, left: left + event.deltaX * unit });
    this.#onChange();
  }

  #onResize(): void {
    const { scrollTop, scrollLeft: left, clientHeight: height, clientWidth: width } = this.#element;
    const top = isScaled(this.#sizes) ? this.#view.top : scrollTop;
    this.#view = { top, thumb: scrollTop, left, height, width };
    this.#onChange();
  }
}
