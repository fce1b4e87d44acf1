import { BoxAndWiskers, BoxPlotController } from '@sgratzl/chartjs-chart-boxplot';
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartType,
  type DefaultDataPoint,
  LinearScale,
  PointElement,
  ScatterController,
  Tooltip,
} from 'chart.js';
import type { AddedChart, Range } from '../../src/protocol/charts.ts';
import { element } from '../shared/dom.ts';
import type { MenuItem } from '../shared/menu.ts';
import type { AddedInput, Drawing } from './addedConfig.ts';
import { axisStrips } from './axisStrips.ts';
import { drawBars, drawImportance } from './barDrawing.ts';
import { drawBoxes } from './boxDrawing.ts';
import { Card } from './card.ts';
import { drawParallel } from './parallelDrawing.ts';
import { chartPicture } from './picture.ts';
import { drawScatter } from './scatterDrawing.ts';
import { PRINT } from './theme.ts';

Chart.register(
  BarController,
  BarElement,
  BoxAndWiskers,
  BoxPlotController,
  CategoryScale,
  LinearScale,
  PointElement,
  ScatterController,
  Tooltip,
);

export interface AddedCardOptions {
  readonly id: string;
  readonly title: string;
  readonly controls: readonly HTMLElement[];
  readonly menu: () => readonly MenuItem[];
  readonly onFull: () => void;
  readonly onLimits: (limits: Readonly<Record<string, Range>>) => void;
  readonly onPoint: (runId: string | undefined) => void;
  readonly onOpen: (runId: string) => void;
}

/** Charts of values: all but pictures. */
export type ValuesChart = Exclude<AddedChart, { kind: 'images' }>;

/** A chart that the user has added: what it shows is drawn anew from the runs' values. */
export class AddedCard {
  readonly card: Card;
  readonly #canvas = element('canvas', { attributes: { role: 'img', tabindex: '0' } });
  readonly #overlay = element('div', { class: 'strips' });
  readonly #message = element('p', { class: 'message', attributes: { hidden: '' } });
  readonly #options: AddedCardOptions;
  #chart: Chart<ChartType, DefaultDataPoint<ChartType>> | undefined;
  #drawing: Drawing | undefined;
  #input: AddedInput | undefined;
  #added: ValuesChart | undefined;

  constructor(options: AddedCardOptions) {
    this.#options = options;
    const { id, title, menu, onFull, controls } = options;
    this.card = new Card({ id, title, menu, onFull });
    this.card.controls.append(...controls);
    this.card.plot.append(this.#canvas, this.#overlay, this.#message);
    this.#canvas.addEventListener('pointerleave', () => options.onPoint(undefined));
  }

  draw(added: ValuesChart, input: AddedInput): void {
    this.#added = added;
    this.#input = input;
    const drawing = drawingOf(added, input);
    if (typeof drawing === 'string') this.#showMessage(drawing);
    else this.#show(added, drawing);
  }

  /** @returns nothing where there is nothing to show */
  async picture(format: 'png' | 'svg', title: string): Promise<Uint8Array | undefined> {
    if (!this.#input || !this.#added) return undefined;
    const drawing = drawingOf(this.#added, { ...this.#input, theme: PRINT });
    return typeof drawing === 'string' ? undefined : chartPicture(format, title, drawing.config, []);
  }

  dispose(): void {
    this.#chart?.destroy();
    this.card.element.remove();
  }

  #showMessage(message: string): void {
    // While values are read there is nothing to say, and what is drawn stays.
    if (message === '') return;
    this.#drawing = undefined;
    this.#chart?.destroy();
    this.#chart = undefined;
    this.#message.textContent = message;
    this.#message.hidden = false;
    this.#canvas.hidden = true;
    this.#overlay.replaceChildren();
    this.card.say(undefined);
  }

  #show(added: ValuesChart, drawing: Drawing): void {
    this.#drawing = drawing;
    this.#message.hidden = true;
    this.#canvas.hidden = false;
    this.card.plot.style.height = drawing.height === undefined ? '' : `${Math.max(160, drawing.height)}px`;
    const { config } = drawing;
    const options = { ...config.options, ...this.#pointing() } as NonNullable<typeof config.options>;
    if (this.#chart && !config.plugins) {
      this.#chart.data = config.data;
      this.#chart.options = options;
      this.#chart.update('none');
    } else {
      this.#chart?.destroy();
      this.#chart = new Chart(this.#canvas, { ...config, options });
    }
    this.#canvas.setAttribute('aria-label', drawing.description);
    this.card.say(drawing.note);
    this.#drawStrips(added, drawing);
  }

  #drawStrips(added: ValuesChart, { axes }: Drawing): void {
    if (!this.#chart || !axes || added.kind !== 'parallel') return;
    const focused = this.#overlay.querySelector<HTMLElement>(':focus')?.dataset.axis;
    this.#overlay.replaceChildren(...axisStrips(this.#chart, axes, added.limits, this.#options.onLimits));
    for (const strip of this.#overlay.children) {
      if (strip instanceof HTMLElement && strip.dataset.axis === focused) strip.focus();
    }
  }

  /** Pointing at a run raises its curves in the other charts; a click opens it. Its strips follow the size. */
  #pointing(): object {
    const runOf = (elements: readonly { datasetIndex: number; index: number }[]) => {
      const [first] = elements;
      return first && this.#drawing?.runAt?.(first.datasetIndex, first.index);
    };
    return {
      onHover: (_: unknown, elements: readonly { datasetIndex: number; index: number }[]) =>
        this.#options.onPoint(runOf(elements)),
      onClick: (_: unknown, elements: readonly { datasetIndex: number; index: number }[]) => {
        const runId = runOf(elements);
        if (runId !== undefined) this.#options.onOpen(runId);
      },
      onResize: () =>
        requestAnimationFrame(() => {
          if (this.#added && this.#drawing) this.#drawStrips(this.#added, this.#drawing);
        }),
    };
  }
}

function drawingOf(added: ValuesChart, input: AddedInput): Drawing | string {
  switch (added.kind) {
    case 'bar':
      return drawBars(added, input);
    case 'scatter':
      return drawScatter(added, input);
    case 'parallel':
      return drawParallel(added, input);
    case 'box':
      return drawBoxes(added, input);
    case 'importance':
      return drawImportance(added, input);
  }
}
