import type { Host } from '../../src/protocol/channel.ts';
import type {
  AddedChart,
  ChartRun,
  ChartsRequests,
  ChartsView,
  Dimension,
  Importance,
} from '../../src/protocol/charts.ts';
import { element } from '../shared/dom.ts';
import type { MenuItem } from '../shared/menu.ts';
import { AddedCard, type ValuesChart } from './addedCard.ts';
import { newChart, titleOf } from './addedChart.ts';
import { chartControls } from './chartControls.ts';
import { ImageCard } from './imageCard.ts';
import type { Theme } from './theme.ts';
import type { AddedKind } from './toolbar.ts';
import { Values } from './values.ts';

export interface AddedChartsOptions {
  readonly change: (part: Partial<ChartsView>) => void;
  readonly raise: (runId: string | undefined) => void;
  readonly open: (runId: string) => void;
}

interface Drawn {
  readonly card: AddedCard | ImageCard;
  /** What the card was made for: another choice of dimensions makes another card. */
  readonly look: string;
}

/** The charts that the user has added, above those of the metrics. */
export class AddedCharts {
  readonly element: HTMLElement;
  readonly #grid = element('div', { class: 'grid' });
  readonly #host: Host<ChartsRequests>;
  readonly #options: AddedChartsOptions;
  readonly #values: Values;
  readonly #cards = new Map<string, Drawn>();
  /** Id of the chart → what was read for it. */
  readonly #importance = new Map<string, { readonly of: string; readonly found: readonly Importance[] }>();
  #view: ChartsView | undefined;
  #runs: readonly ChartRun[] = [];
  #dimensions: readonly Dimension[] = [];
  #theme: Theme | undefined;
  #mainMetric = '';
  #turn = 0;

  constructor(host: Host<ChartsRequests>, options: AddedChartsOptions) {
    this.#host = host;
    this.#options = options;
    this.#values = new Values(host, () => this.#drawAll());
    this.element = element(
      'section',
      { class: 'cards added', attributes: { 'aria-label': 'Added charts', hidden: '' } },
      this.#grid,
    );
  }

  /** Runs have gone on. */
  refresh(): void {
    this.#turn++;
    this.#values.refresh();
  }

  /** Adds a chart with what suggests itself, to be changed in its head. @param metricKey what it is about */
  add(kind: AddedKind, metricKey = this.#mainMetric): void {
    const added = this.#view?.added ?? [];
    const made = newChart(
      kind,
      String(1 + Math.max(0, ...added.map(({ id }) => Number(id)))),
      this.#dimensions,
      metricKey,
    );
    this.#options.change({ added: [...added, made] });
    this.#cards.get(made.id)?.card.card.element.scrollIntoView({ block: 'nearest' });
  }

  /** @param runs those that are drawn @param mainMetric what new charts are about */
  draw(
    view: ChartsView,
    runs: readonly ChartRun[],
    dimensions: readonly Dimension[],
    mainMetric: string,
    theme: Theme,
  ): void {
    this.#mainMetric = mainMetric;
    this.#view = view;
    this.#runs = runs;
    this.#dimensions = dimensions;
    this.#theme = theme;
    this.#drawAll();
  }

  #drawAll(): void {
    const { added = [], full } = this.#view ?? {};
    for (const [id, { card }] of this.#cards) {
      if (added.some((chart) => chart.id === id)) continue;
      card.dispose();
      this.#cards.delete(id);
    }
    this.element.hidden = added.length === 0;
    this.element.classList.toggle(
      'has-full',
      added.some(({ id }) => full === fullId(id)),
    );
    added.forEach((chart, at) => {
      const { card } = this.#card(chart);
      if (this.#grid.children[at] !== card.card.element) {
        this.#grid.insertBefore(card.card.element, this.#grid.children[at] ?? null);
      }
      card.card.isFull = full === fullId(chart.id);
      this.#drawCard(chart, card);
    });
  }

  #drawCard(chart: AddedChart, card: AddedCard | ImageCard): void {
    const runs = this.#runs;
    if (chart.kind === 'images') {
      if (card instanceof ImageCard) card.draw(chart, { runs });
    } else if (card instanceof AddedCard && this.#theme) {
      const importance = chart.kind === 'importance' ? this.#importanceOf(chart) : [];
      if (importance) card.draw(chart, { runs, values: this.#values, importance, theme: this.#theme });
    }
  }

  #card(chart: AddedChart): Drawn {
    // What changes while an axis or a slider is held makes no other card.
    const look = JSON.stringify({ ...chart, limits: undefined, key: undefined, step: undefined });
    const known = this.#cards.get(chart.id);
    if (known?.look === look) return known;
    known?.card.dispose();
    const drawn = { card: chart.kind === 'images' ? this.#makeImages(chart.id) : this.#makeCard(chart), look };
    this.#cards.set(chart.id, drawn);
    return drawn;
  }

  #makeCard(chart: ValuesChart): AddedCard {
    const { raise, open } = this.#options;
    return new AddedCard({
      ...this.#frame(chart.id),
      title: titleOf(chart),
      controls: chartControls(chart, this.#dimensions, this.#host, (next) => this.#replace(next)),
      onLimits: (limits) => {
        const now = this.#find(chart.id);
        if (now?.kind === 'parallel') this.#replace({ ...now, limits });
      },
      onPoint: raise,
      onOpen: open,
    });
  }

  #makeImages(id: string): ImageCard {
    return new ImageCard({
      ...this.#frame(id),
      host: this.#host,
      onChange: (part) => {
        const now = this.#find(id);
        if (now?.kind === 'images') this.#replace({ ...now, ...part });
      },
    });
  }

  #frame(id: string): { readonly id: string; readonly menu: () => readonly MenuItem[]; readonly onFull: () => void } {
    return {
      id: fullId(id),
      menu: () => this.#menu(id),
      onFull: () => this.#options.change({ full: this.#view?.full === fullId(id) ? undefined : fullId(id) }),
    };
  }

  /** @returns none while it is read */
  #importanceOf({ id, metric }: Extract<AddedChart, { kind: 'importance' }>): readonly Importance[] | undefined {
    const runIds = this.#runs.map(({ runId }) => runId);
    const of = `${metric} ${this.#turn} ${runIds.join()}`;
    const known = this.#importance.get(id);
    if (known?.of === of) return known.found;
    this.#importance.set(id, { of, found: known?.found ?? [] });
    void this.#host.ask('rankParams', { metricKey: metric, runIds }).then((found) => {
      if (this.#importance.get(id)?.of !== of) return;
      this.#importance.set(id, { of, found });
      this.#drawAll();
    });
    return known?.found;
  }

  #find(id: string): AddedChart | undefined {
    return this.#view?.added.find((chart) => chart.id === id);
  }

  #replace(next: AddedChart): void {
    const added = this.#view?.added ?? [];
    this.#options.change({ added: added.map((chart) => (chart.id === next.id ? next : chart)) });
  }

  #menu(id: string): readonly MenuItem[] {
    const added = this.#view?.added ?? [];
    const at = added.findIndex((chart) => chart.id === id);
    const chart = added[at];
    if (!chart) return [];
    const others = added.toSpliced(at, 1);
    const save = async (format: 'png' | 'svg') => {
      const title = titleOf(chart);
      const card = this.#cards.get(id)?.card;
      const content = card instanceof AddedCard ? await card.picture(format, title) : undefined;
      if (content) await this.#host.ask('saveImage', { name: title, format, content });
    };
    return [
      {
        label: 'Move Left',
        isDisabled: at === 0,
        run: () => this.#options.change({ added: others.toSpliced(at - 1, 0, chart) }),
      },
      {
        label: 'Move Right',
        isDisabled: at === added.length - 1,
        run: () => this.#options.change({ added: others.toSpliced(at + 1, 0, chart) }),
      },
      ...(chart.kind === 'images'
        ? []
        : [
            { label: 'Save as PNG…', separated: true, run: () => void save('png') },
            { label: 'Save as SVG…', run: () => void save('svg') },
          ]),
      { label: 'Remove Chart', separated: true, run: () => this.#options.change({ added: others }) },
    ];
  }
}

/** Added charts and metrics are full size by the same name. */
function fullId(id: string): string {
  return `added:${id}`;
}
