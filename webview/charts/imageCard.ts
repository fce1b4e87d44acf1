import type { Host } from '../../src/protocol/channel.ts';
import type { AddedChart, ChartRun, ChartsRequests } from '../../src/protocol/charts.ts';
import type { ImageStrip } from '../../src/protocol/picture.ts';
import { element, icon, swatch } from '../shared/dom.ts';
import { type MenuItem, openMenu } from '../shared/menu.ts';
import { Pictures } from '../shared/pictures.ts';
import type { AddedInput } from './addedConfig.ts';
import { Card } from './card.ts';

type ImagesChart = Extract<AddedChart, { kind: 'images' }>;

export interface ImageCardOptions {
  readonly id: string;
  readonly host: Host<ChartsRequests>;
  readonly menu: () => readonly MenuItem[];
  readonly onFull: () => void;
  readonly onChange: (part: Partial<ImagesChart>) => void;
}

/** Runs whose pictures are side by side. */
const RUNS = 12;
/** A training that logs often shall not have its files listed as often (ms). */
const INTERVAL = 15_000;

/** Pictures that runs have logged, side by side, with a slider over their steps. */
export class ImageCard {
  readonly card: Card;
  readonly #options: ImageCardOptions;
  readonly #pictures: Pictures;
  readonly #frames = element('div', { class: 'images' });
  readonly #message = element('p', { class: 'message' }, 'Looking for pictures…');
  readonly #name = element('button', { class: 'menu-button', attributes: { 'aria-haspopup': 'menu', hidden: '' } });
  readonly #steps = element('span', { class: 'steps' });
  #chart: ImagesChart | undefined;
  #runs: readonly ChartRun[] = [];
  #strips: readonly ImageStrip[] = [];
  #listed = { of: '', at: 0 };
  #look = '';
  /** Runs that there is no room for. */
  #hiddenRuns = 0;

  constructor(options: ImageCardOptions) {
    const { id, menu, onFull, host } = options;
    this.#options = options;
    this.card = new Card({ id, title: 'Images', menu, onFull });
    this.card.controls.append(this.#name, this.#steps);
    this.card.element.classList.add('wide');
    this.card.plot.append(this.#message, this.#frames);
    this.#pictures = new Pictures({
      read: (runId, path) => host.ask('readImage', { runId, path }),
      step: () => this.#chart?.step,
      chooseStep: (_, step) => options.onChange({ step }),
    });
    this.#name.addEventListener('click', () => this.#openNames());
  }

  draw(chart: ImagesChart, { runs }: Pick<AddedInput, 'runs'>): void {
    this.#chart = chart;
    this.#runs = runs.slice(0, RUNS);
    this.#hiddenRuns = runs.length - this.#runs.length;
    const of = this.#runs.map(({ runId }) => runId).join();
    const isLive = this.#runs.some(({ status }) => status === 'RUNNING');
    if (of !== this.#listed.of || (isLive && Date.now() > this.#listed.at + INTERVAL)) void this.#list(of);
    this.#drawFrames();
  }

  dispose(): void {
    this.card.element.remove();
  }

  /** Where the server is away, the line at the top says so; what is shown stays. */
  async #list(of: string): Promise<void> {
    this.#listed = { of, at: Date.now() };
    const runIds = this.#runs.map(({ runId }) => runId);
    const strips = await this.#options.host.ask('listImages', runIds).catch(() => undefined);
    if (this.#listed.of !== of) return;
    if (!strips) {
      this.#listed = { of: '', at: 0 };
      return;
    }
    this.#strips = strips;
    this.#drawFrames();
  }

  #drawFrames(): void {
    const strip = this.#strips.find(({ key }) => key === this.#chart?.key) ?? this.#strips[0];
    const look = JSON.stringify([strip, this.#runs.map(({ runId, name, color }) => [runId, name, color])]);
    if (look === this.#look) return;
    this.#look = look;
    this.#message.hidden = strip !== undefined;
    this.#message.textContent = 'These runs have logged no pictures: mlflow.log_image and mlflow.log_figure make some.';
    this.#name.hidden = strip === undefined;
    if (!strip) {
      this.#frames.replaceChildren();
      this.#steps.replaceChildren();
      return;
    }
    this.#name.replaceChildren(element('span', { class: 'chosen', title: strip.key }, strip.key), icon('chevron-down'));
    const having = [...this.#runs.keys()].filter((at) => strip.paths[at]?.some((path) => path !== null));
    const runs = having.flatMap((at) => this.#runs[at] ?? []);
    const paths = having.map((at) => strip.paths[at] ?? []);
    const { frames, slider } = this.#pictures.strip({ ...strip, paths }, runs, this.#frames);
    this.#say(this.#runs.length - runs.length);
    this.#steps.replaceChildren(slider ?? '');
    this.#frames.replaceChildren(
      ...frames.map((frame, at) => {
        const run = runs[at];
        return element(
          'figure',
          {},
          frame,
          element('figcaption', { title: run?.name }, run && swatch(run), element('span', {}, run?.name ?? '')),
        );
      }),
    );
  }

  /** @param without runs that have no such picture */
  #say(without: number): void {
    const notes = [
      ...(without > 0 ? [`${without} of the runs ${without === 1 ? 'has' : 'have'} no such picture.`] : []),
      ...(this.#hiddenRuns > 0 ? [`Of ${this.#hiddenRuns + RUNS} runs the first ${RUNS} are shown.`] : []),
    ];
    this.card.say(notes.length > 0 ? notes.join(' ') : undefined);
  }

  #openNames(): void {
    const { left, bottom } = this.#name.getBoundingClientRect();
    const items = this.#strips.map(({ key, steps }): MenuItem => {
      const label = steps.length > 1 ? `${key} (${steps.length} steps)` : key;
      const isChecked = key === (this.#chart?.key ?? this.#strips[0]?.key);
      return { label, isChecked, run: () => this.#options.onChange({ key, step: undefined }) };
    });
    openMenu(items, { x: left, y: bottom + 2 }, 'Images');
  }
}
