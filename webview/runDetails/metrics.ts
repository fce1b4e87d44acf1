import type { MetricCurve, MetricPage, MetricRow, NumberText } from '../../src/protocol/runDetails.ts';
import { element } from '../shared/dom.ts';
import { linkButton, smallButton } from './buttons.ts';
import { filterBox } from './filterBox.ts';
import type { PageContext } from './page.ts';

/** ms after the last key, before the filter is asked for. */
const TYPING = 150;
const HEADINGS = ['Last', 'Min', 'Max', 'First', 'Best step', 'Points'] as const;

interface Cells {
  readonly row: HTMLElement;
  readonly values: readonly HTMLElement[];
  readonly path: SVGPathElement;
  last: string;
}

export interface MetricsOptions {
  readonly system: boolean;
  readonly color: () => string;
  readonly onPage: (page: MetricPage) => void;
}

/** A page of the run's metrics: latest values at once, then what all their points are like, and a small curve of each. */
export class Metrics {
  readonly element: HTMLElement;
  readonly filter: HTMLInputElement;
  readonly #context: PageContext;
  readonly #options: MetricsOptions;
  readonly #body = element('tbody', {});
  readonly #table: HTMLElement;
  readonly #note = element('p', { class: 'note' });
  readonly #pager = element('div', { class: 'pager' });
  readonly #rows = new Map<string, Cells>();
  #page: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(context: PageContext, options: MetricsOptions) {
    this.#context = context;
    this.#options = options;
    this.#page = options.system ? 0 : context.state.metricPage;
    const value = options.system ? '' : context.state.metricFilter;
    const caption = options.system ? 'System metrics' : 'Metrics';
    this.filter = filterBox(`Filter ${caption.toLowerCase()}`, value, () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#turnTo(0), TYPING);
    });
    const headings = HEADINGS.map((text) => element('th', { class: 'number', attributes: { scope: 'col' } }, text));
    this.#table = element(
      'table',
      { class: 'metrics' },
      element('caption', { class: 'visually-hidden' }, caption),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('th', { attributes: { scope: 'col' } }, 'Name'),
          ...headings,
          element('th', { attributes: { scope: 'col' } }, 'Curve'),
        ),
      ),
      this.#body,
    );
    const scroller = element(
      'div',
      {
        class: 'sideways',
        attributes: { tabindex: '0', role: 'region', 'aria-label': `Table of ${caption.toLowerCase()}` },
      },
      this.#table,
    );
    this.element = element('div', {}, scroller, this.#note, this.#pager);
  }

  /** Reads the page that is shown once more. Where that fails, the line at the top tells what is wrong with the server. */
  async refresh(): Promise<void> {
    await this.#read().catch(() => undefined);
  }

  async #read(): Promise<void> {
    const turn = ++this.#turn;
    const { host } = this.#context;
    const { system, onPage } = this.#options;
    const page = await host.ask('listMetrics', { filter: this.filter.value, page: this.#page, system });
    if (turn !== this.#turn) return;
    this.#page = page.page;
    onPage(page);
    this.#draw(page);
    const keys = page.rows.map(({ key }) => key);
    const curves = keys.length === 0 ? [] : await host.ask('readCurves', { keys });
    for (const curve of curves) this.#drawCurve(curve);
  }

  async #turnTo(page: number): Promise<void> {
    this.#page = page;
    if (!this.#options.system) this.#context.keep({ metricPage: page, metricFilter: this.filter.value });
    await this.refresh();
  }

  #draw(page: MetricPage): void {
    const { rows } = page;
    const keys = new Set(rows.map(({ key }) => key));
    for (const [key, { row }] of this.#rows) {
      if (keys.has(key)) continue;
      row.remove();
      this.#rows.delete(key);
    }
    rows.forEach((metric, at) => {
      const { row } = this.#row(metric);
      if (this.#body.children[at] !== row) this.#body.insertBefore(row, this.#body.children[at] ?? null);
    });
    this.#table.hidden = rows.length === 0;
    this.#note.hidden = rows.length > 0;
    this.#note.textContent = this.filter.value.trim() === '' ? 'No metrics.' : 'None matches the filter.';
    this.#drawPager(page);
  }

  #row({ key, last, step }: MetricRow): Cells {
    const known = this.#rows.get(key) ?? this.#add(key);
    show(known.values[0], last);
    if (known.values[0]) known.values[0].title = `${last.full} at step ${step}`;
    return known;
  }

  #add(key: string): Cells {
    const { host, attempt } = this.#context;
    const values = HEADINGS.map(() => element('td', { class: 'number' }, '…'));
    const { svg, path } = emptyCurve();
    const name = linkButton(key, `${key}: show its chart`, () => void attempt(() => host.ask('showChart', { key })));
    const row = element(
      'tr',
      { attributes: { 'data-key': key } },
      element('th', { attributes: { scope: 'row' } }, name),
      ...values,
      element('td', { class: 'curve' }, svg),
    );
    const cells = { row, values, path, last: '' };
    this.#rows.set(key, cells);
    return cells;
  }

  #drawCurve({ key, count, first, min, max, bestStep, better, path }: MetricCurve): void {
    const cells = this.#rows.get(key);
    if (!cells) return;
    const [, minCell, maxCell, firstCell, bestCell, countCell] = cells.values;
    show(minCell, min);
    show(maxCell, max);
    // Of one point they only say again what is there.
    for (const cell of [minCell, maxCell, firstCell]) cell?.classList.toggle('dim', count === 1);
    minCell?.classList.toggle('best', better === 'min' && count > 1 && min !== undefined);
    maxCell?.classList.toggle('best', better === 'max' && count > 1 && max !== undefined);
    show(firstCell, first);
    show(bestCell, bestStep === undefined ? undefined : { text: bestStep, full: bestStep });
    show(countCell, { text: count.toLocaleString('en-US'), full: String(count) });
    cells.path.setAttribute('d', path ?? '');
    cells.path.setAttribute('stroke', this.#options.color());
  }

  #drawPager({ from, matching, page, pages, rows }: MetricPage): void {
    this.#pager.hidden = pages === 1;
    if (pages === 1) return;
    const focused = document.activeElement?.getAttribute('aria-label');
    const turn = (label: string, icon: string, to: number) => {
      const made = smallButton(label, icon, () => void this.#turnTo(to));
      made.disabled = to < 0 || to >= pages;
      return made;
    };
    const range = `${(from + 1).toLocaleString('en-US')}–${(from + rows.length).toLocaleString('en-US')}`;
    this.#pager.replaceChildren(
      turn('Previous page', 'chevron-left', page - 1),
      element('span', { attributes: { role: 'status' } }, `${range} of ${matching.toLocaleString('en-US')}`),
      turn('Next page', 'chevron-right', page + 1),
    );
    if (focused) this.#pager.querySelector<HTMLElement>(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
  }
}

function show(cell: HTMLElement | undefined, value: NumberText | undefined): void {
  if (!cell) return;
  cell.textContent = value?.text ?? '—';
  cell.title = value?.full ?? 'no number';
}

const SVG = 'http://www.w3.org/2000/svg';

function emptyCurve(): { readonly svg: SVGSVGElement; readonly path: SVGPathElement } {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 96 20');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  svg.append(path);
  return { svg, path };
}
