import { Chart, LinearScale, LogarithmicScale, PointElement } from 'chart.js';
import zoomPlugin from 'chartjs-plugin-zoom';
import type { ChartsView, Range } from '../../src/protocol/charts.ts';
import { element } from '../shared/dom.ts';
import type { MenuItem } from '../shared/menu.ts';
import { shortNumber } from '../shared/number.ts';
import { Card } from './card.ts';
import { rangeByKey, walked } from './cardKeys.ts';
import { type CardNote, noteOf } from './cardNote.ts';
import { applyView, curveOptions, formatX } from './chartOptions.ts';
import { CurveController, type CurveDataset } from './curveController.ts';
import { datasetsOf, emphasis } from './datasets.ts';
import { type Line, type Reading, readingsAt } from './lines.ts';
import type { Theme } from './theme.ts';

Chart.register(CurveController, LinearScale, LogarithmicScale, PointElement, zoomPlugin);

export interface LineCardOptions {
  readonly metricKey: string;
  readonly menu: () => readonly MenuItem[];
  readonly onFull: () => void;
  readonly onDrop: (movedId: string) => void;
  readonly onZoom: (range: Range | undefined) => void;
  /** Another way to look at what this one cannot show. */
  readonly onNote: (action: NonNullable<CardNote['action']>) => void;
  /** The cursor is at a place of the x axis; `reading` is the nearest line's there, `at` where that is on the page (px). */
  readonly onCursor: (cursor: CardCursor | undefined) => void;
}

export interface CardCursor {
  readonly x: number;
  readonly readings: readonly Reading[];
  /** Place among the readings. */
  readonly nearest: number;
  readonly at: { readonly x: number; readonly y: number };
}

const ACTIONS = { bars: 'Show as bars', time: 'Show by time' } as const;

/** Dots on the curves at the cursor, at most. */
const DOTS = 40;

/** The chart of one metric. It is drawn again in place, so that new points move neither zoom nor cursor. */
export class LineCard {
  readonly metricKey: string;
  readonly card: Card;
  readonly #canvas = element('canvas', { attributes: { role: 'img', tabindex: '0' } });
  readonly #spoken = element('div', { class: 'visually-hidden', attributes: { role: 'status' } });
  readonly #cursor = element('div', { class: 'cursor', attributes: { hidden: '' } });
  readonly #dots = element('div', { class: 'dots' });
  readonly #chart: Chart<'curve'>;
  readonly #options: LineCardOptions;
  #lines: readonly Line[] = [];
  #datasets: ReadonlyMap<string, CurveDataset> = new Map();
  #view: ChartsView | undefined;
  #x: number | undefined;
  /** The line that the keys are on. */
  #keyLine: string | undefined;

  constructor(options: LineCardOptions) {
    const { metricKey, menu, onFull, onDrop, onZoom } = options;
    this.#options = options;
    this.metricKey = metricKey;
    const prefix = metricKey.slice(0, metricKey.lastIndexOf('/') + 1);
    this.card = new Card({ id: metricKey, title: metricKey, prefix, menu, onFull, onDrop });
    this.card.element.dataset.metric = metricKey;
    this.card.plot.append(this.#canvas, this.#cursor, this.#dots, this.#spoken);
    this.#chart = new Chart(this.#canvas, { type: 'curve', data: { datasets: [] }, options: curveOptions(onZoom) });
    this.#canvas.addEventListener('dblclick', () => onZoom(undefined));
    this.#canvas.addEventListener('pointermove', (event) => this.#point(event));
    this.#canvas.addEventListener('pointerleave', () => options.onCursor(undefined));
    this.#canvas.addEventListener('blur', () => options.onCursor(undefined));
    this.#canvas.addEventListener('keydown', (event) => this.#onKey(event));
  }

  /** @param raised id of the line that is looked at in the list */
  draw(lines: readonly Line[], view: ChartsView, theme: Theme, raised: string | undefined): void {
    this.#lines = lines;
    this.#view = view;
    this.#chart.data.datasets = this.#kept(datasetsOf(lines, view, raised)) as never;
    applyView(this.#chart.options, view, theme);
    this.#chart.update('none');
    this.#describe();
    this.#drawNote(view);
    this.showCursor(this.#x);
  }

  /** The same objects for the same lines: Chart.js makes everything anew for an object that it does not know. */
  #kept(datasets: readonly CurveDataset[]): CurveDataset[] {
    const known = this.#datasets;
    this.#datasets = new Map(
      datasets.map((next) => {
        const before = known.get(next.id);
        return [next.id, before ? Object.assign(before, next) : next];
      }),
    );
    return [...this.#datasets.values()];
  }

  #drawNote(view: ChartsView): void {
    const { text, action } = noteOf(this.#lines, view) ?? {};
    if (this.card.note.dataset.text === text) return;
    if (text === undefined) delete this.card.note.dataset.text;
    else this.card.note.dataset.text = text;
    const button = action && element('button', { class: 'link' }, ACTIONS[action]);
    button?.addEventListener('click', () => this.#options.onNote(action as NonNullable<typeof action>));
    this.card.say(text, ...(button ? [' ', button] : []));
  }

  /** Raises a line without anything else. */
  raise(raised: string | undefined): void {
    if (!this.#view) return;
    for (const dataset of this.#datasets.values()) Object.assign(dataset, emphasis(dataset.id, raised));
    this.#chart.update('none');
  }

  /** A line at the place where the cursor of some card is, with what is read there. @returns the readings */
  showCursor(x: number | undefined): readonly Reading[] {
    this.#x = x;
    const { scales, chartArea } = this.#chart;
    const [xScale, yScale] = [scales.x, scales.y];
    const left = x === undefined || !xScale ? Number.NaN : xScale.getPixelForValue(x);
    const isInside = chartArea && left >= chartArea.left - 0.5 && left <= chartArea.right + 0.5;
    this.#cursor.hidden = !isInside;
    if (!isInside || x === undefined || !xScale || !yScale) {
      this.#dots.replaceChildren();
      return [];
    }
    this.#cursor.style.transform = `translateX(${left}px)`;
    this.#cursor.style.top = `${chartArea.top}px`;
    this.#cursor.style.height = `${chartArea.bottom - chartArea.top}px`;
    const readings = readingsAt(this.#lines, x, this.#view?.smoothing ?? 0);
    const dots = readings.slice(0, DOTS).flatMap(({ line, x: at, value }) => {
      const [dotLeft, top] = [xScale.getPixelForValue(at), yScale.getPixelForValue(value)];
      if (dotLeft < chartArea.left || dotLeft > chartArea.right || top < chartArea.top || top > chartArea.bottom)
        return [];
      const dot = element('div', { class: 'dot' });
      dot.style.transform = `translate(${dotLeft}px, ${top}px)`;
      dot.style.background = line.color;
      return [dot];
    });
    this.#dots.replaceChildren(...dots);
    return readings;
  }

  dispose(): void {
    this.#chart.destroy();
    this.card.element.remove();
  }

  get chart(): Chart<'curve'> {
    return this.#chart;
  }

  get lines(): readonly Line[] {
    return this.#lines;
  }

  #point({ offsetX, offsetY, clientX, clientY }: PointerEvent): void {
    const { scales, chartArea } = this.#chart;
    const [xScale, yScale] = [scales.x, scales.y];
    if (!xScale || !yScale || !chartArea || offsetX < chartArea.left || offsetX > chartArea.right) {
      this.#options.onCursor(undefined);
      return;
    }
    const x = xScale.getValueForPixel(offsetX) ?? 0;
    const readings = this.showCursor(x);
    const distances = readings.map(({ value }) => Math.abs(yScale.getPixelForValue(value) - offsetY));
    const nearest = distances.indexOf(Math.min(...distances));
    this.#options.onCursor({ x, readings, nearest, at: { x: clientX, y: clientY } });
  }

  /** Arrows go from point to point and from line to line, as the pointer does. */
  #onKey(event: KeyboardEvent): void {
    const { onZoom, onCursor } = this.#options;
    const { x } = this.#chart.scales;
    const range = x && rangeByKey(event, x, this.#x);
    if (range) onZoom(range);
    else if (event.key === 'Escape') {
      if (this.#x !== undefined) onCursor(undefined);
      else onZoom(undefined);
    } else if (/^(Arrow|Home|End)/.test(event.key)) this.#walk(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #walk(key: string): void {
    const { x: xScale, y: yScale } = this.#chart.scales;
    if (!this.#view || !xScale || !yScale) return;
    const from = readingsAt(this.#lines, this.#x ?? xScale.min, 0);
    const { line, x } = walked(key, from, this.#keyLine, xScale, this.#x !== undefined) ?? {};
    if (!line || x === undefined) return;
    this.#keyLine = line.id;
    const readings = this.showCursor(x);
    const nearest = readings.findIndex((reading) => reading.line.id === line.id);
    const told = readings[nearest];
    if (!told) return;
    const { left, top } = this.#canvas.getBoundingClientRect();
    const at = { x: left + xScale.getPixelForValue(told.x), y: top + yScale.getPixelForValue(told.value) };
    this.#options.onCursor({ x, readings, nearest, at });
    this.#spoken.textContent = `${line.label}: ${shortNumber(told.value)} at ${formatX(told.x, this.#view)}`;
  }

  /** What the picture shows, for screen readers and whoever looks at the page instead of the pixels. */
  #describe(): void {
    const texts = this.#lines.slice(0, 20).map(({ label, statistics, total }) => {
      if (!statistics) return `${label}: ${total} points`;
      const { last, lastStep, min, max } = statistics;
      return `${label}: last ${shortNumber(last)} at step ${shortNumber(lastStep)}, from ${shortNumber(min)} to ${shortNumber(max)}`;
    });
    const more = this.#lines.length > 20 ? ` And ${this.#lines.length - 20} more.` : '';
    this.#canvas.setAttribute('aria-label', `Curves of ${this.metricKey}. ${texts.join('. ')}${more}`);
    const [only] = this.#lines;
    this.card.caption.textContent = this.#lines.length === 1 ? shortNumber(only?.statistics?.last) : '';
    const { x, y } = this.#chart.scales;
    Object.assign(this.card.element.dataset, {
      curves: String(this.#lines.length),
      points: String(this.#lines.reduce((sum, { total }) => sum + total, 0)),
      drawn: String(this.#lines.reduce((sum, { curve }) => sum + curve.x.length, 0)),
      lastValue: String(this.#lines.length === 1 ? (only?.statistics?.last ?? '') : ''),
      xMin: String(x?.min ?? ''),
      xMax: String(x?.max ?? ''),
      yMin: String(y?.min ?? ''),
      yMax: String(y?.max ?? ''),
    });
  }
}
