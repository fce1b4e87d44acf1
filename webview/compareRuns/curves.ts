import type { ComparedCurve } from '../../src/protocol/compareRuns.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** ms in which rows that come into sight are gathered into one request. */
const PAUSE = 50;

/** Draws the curves of the metrics that can be seen, when they come into sight. */
export class Curves {
  readonly #read: (keys: readonly string[]) => Promise<readonly ComparedCurve[]>;
  readonly #observer = new IntersectionObserver((entries) => this.#onSight(entries), { rootMargin: '200px' });
  readonly #known = new Map<string, ComparedCurve>();
  readonly #cells = new Map<string, HTMLElement>();
  #waiting = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(read: (keys: readonly string[]) => Promise<readonly ComparedCurve[]>) {
    this.#read = read;
  }

  /** Fills the cells of a table; what was read is drawn at once, and read again when it comes into sight. */
  fill(table: HTMLElement): void {
    this.#observer.disconnect();
    this.#cells.clear();
    for (const cell of table.querySelectorAll<HTMLElement>('[data-curve]')) {
      const key = cell.dataset.curve ?? '';
      this.#cells.set(key, cell);
      const known = this.#known.get(key);
      if (known) draw(cell, known);
      this.#observer.observe(cell);
    }
  }

  #onSight(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const key = target instanceof HTMLElement ? target.dataset.curve : undefined;
      if (!isIntersecting || key === undefined) continue;
      this.#observer.unobserve(target);
      this.#waiting.add(key);
    }
    if (this.#waiting.size > 0) this.#timer ??= setTimeout(() => void this.#readWaiting(), PAUSE);
  }

  async #readWaiting(): Promise<void> {
    this.#timer = undefined;
    const keys = [...this.#waiting];
    this.#waiting = new Set();
    try {
      for (const curve of await this.#read(keys)) {
        this.#known.set(curve.key, curve);
        const cell = this.#cells.get(curve.key);
        if (cell) draw(cell, curve);
      }
    } catch {
      // The server is away, which the page says already: curves come with what it shows next.
    }
  }
}

function draw(cell: HTMLElement, { lines }: ComparedCurve): void {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 120 20');
  svg.setAttribute('aria-hidden', 'true');
  for (const { path, color, dash } of lines) {
    const line = document.createElementNS(SVG, 'path');
    line.setAttribute('d', path);
    line.setAttribute('stroke', color);
    if (dash.length > 0) line.setAttribute('stroke-dasharray', dash.map((length) => length / 2).join(' '));
    svg.append(line);
  }
  cell.replaceChildren(svg);
}
