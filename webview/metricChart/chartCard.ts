import {
  Chart,
  type ChartDataset,
  type ChartOptions,
  Interaction,
  type InteractionModeFunction,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from 'chart.js';
import zoomPlugin from 'chartjs-plugin-zoom';
import type { ChartCard, ChartRun, MetricChartView, RunSeries } from '../../src/protocol/metricChart.ts';
import { element } from '../shared/dom.ts';
import { shortNumber } from '../shared/number.ts';
import { curve, type Point } from './curve.ts';
import { readTheme, type Theme } from './theme.ts';

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip, zoomPlugin);

declare module 'chart.js' {
  interface InteractionModeMap {
    nearestOfEach: InteractionModeFunction;
  }
}

type Dataset = ChartDataset<'line', Point[]>;
export type VisibleRange = NonNullable<MetricChartView['range']>;

/** The chart of one metric. It is drawn again in place, so that new points move neither zoom nor cursor. */
export class MetricCard {
  readonly element: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #caption: HTMLElement;
  readonly #chart: Chart<'line', Point[]>;
  readonly #metricKey: string;

  constructor(metricKey: string, onZoom: (range: VisibleRange | undefined) => void) {
    this.#metricKey = metricKey;
    this.#canvas = element('canvas', { attributes: { role: 'img', tabindex: '0' } });
    this.#caption = element('span', { class: 'caption' });
    const slash = metricKey.lastIndexOf('/') + 1;
    this.element = element(
      'section',
      { class: 'card', attributes: { 'data-metric': metricKey, 'aria-label': metricKey } },
      element(
        'h2',
        { title: metricKey },
        element('span', { class: 'prefix' }, metricKey.slice(0, slash)),
        metricKey.slice(slash),
        this.#caption,
      ),
      element('div', { class: 'plot' }, this.#canvas),
    );
    this.#chart = new Chart(this.#canvas, {
      type: 'line',
      data: { datasets: [] },
      options: chartOptions(onZoom),
    });
    this.#canvas.addEventListener('dblclick', () => onZoom(undefined));
    this.#canvas.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') onZoom(undefined);
    });
  }

  draw({ series }: ChartCard, runs: readonly ChartRun[], view: MetricChartView): void {
    const shown = series.flatMap((entry) => {
      const run = runs.find(({ runId }) => runId === entry.runId);
      return run && !view.hiddenRuns.includes(run.runId) ? [{ run, entry }] : [];
    });
    const datasets = shown.map(({ run, entry }) => dataset(run, entry, view));
    // The same objects stay for the same runs: Chart.js keeps their state by identity.
    this.#chart.data.datasets = datasets.map((next) => {
      const known = this.#chart.data.datasets.find(
        ({ label, borderColor }) => label === next.label && borderColor === next.borderColor,
      );
      return known ? Object.assign(known, next) : next;
    });
    applyView(this.#chart.options, view, readTheme());
    this.#chart.update('none');
    this.#describe(
      shown.map(({ entry }) => entry),
      runs,
    );
  }

  /** What the picture shows, for screen readers and whoever looks at the page instead of the pixels. */
  #describe(series: readonly RunSeries[], runs: readonly ChartRun[]): void {
    const texts = series.map(({ runId, series: { statistics } }) => {
      const name = runs.find((run) => run.runId === runId)?.name ?? runId;
      const { last, lastStep, min, max } = statistics;
      return `${name}: last ${shortNumber(last)} at step ${shortNumber(lastStep)}, from ${shortNumber(min)} to ${shortNumber(max)}`;
    });
    this.#canvas.setAttribute('aria-label', `Curves of ${this.#metricKey}. ${texts.join('. ')}`);
    const [only] = series;
    this.#caption.textContent = series.length === 1 && only ? shortNumber(only.series.statistics.last) : '';
    const { x } = this.#chart.scales;
    Object.assign(this.element.dataset, {
      curves: String(series.length),
      points: String(series.reduce((sum, entry) => sum + entry.series.total, 0)),
      lastValue: String(only?.series.statistics.last ?? ''),
      xMin: String(x?.min ?? ''),
      xMax: String(x?.max ?? ''),
    });
  }

  dispose(): void {
    this.#chart.destroy();
    this.element.remove();
  }
}

function dataset(run: ChartRun, { series }: RunSeries, view: MetricChartView): Dataset {
  return {
    label: run.name,
    data: curve(series, run, view),
    borderColor: run.color,
    backgroundColor: run.color,
    borderDash: [...run.dash],
    borderWidth: 1.75,
    // A single point makes no line.
    pointRadius: series.total === 1 ? 3 : 0,
    pointHoverRadius: 4,
    spanGaps: false,
  };
}

function chartOptions(onZoom: (range: VisibleRange | undefined) => void): ChartOptions<'line'> {
  return {
    animation: false,
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    interaction: { mode: 'nearestOfEach', axis: 'x', intersect: false },
    scales: {
      x: { type: 'linear', ticks: { maxRotation: 0, autoSkipPadding: 24, precision: 0 } },
      y: { type: 'linear', grace: '4%', ticks: { maxTicksLimit: 7, callback: (value) => shortNumber(Number(value)) } },
    },
    plugins: {
      tooltip: {
        itemSort: (a, b) => (b.parsed.y ?? 0) - (a.parsed.y ?? 0),
        displayColors: true,
        boxWidth: 8,
        boxHeight: 8,
        boxPadding: 4,
      },
      zoom: {
        zoom: {
          mode: 'x',
          drag: { enabled: true, threshold: 6, borderWidth: 1 },
          onZoomComplete: ({ chart }) => {
            const { x } = chart.scales;
            if (x) onZoom({ min: Math.floor(x.min), max: Math.ceil(x.max) });
          },
        },
      },
    },
  };
}

/** Colours, axes and the visible part, as the theme and the toolbar have them now. */
function applyView(options: Chart<'line', Point[]>['options'], view: MetricChartView, theme: Theme): void {
  const { scales, plugins } = options;
  const font = { family: theme.font, size: 11 };
  for (const scale of [scales?.x, scales?.y]) {
    Object.assign(scale ?? {}, { border: { color: theme.grid }, grid: { color: theme.grid, drawTicks: false } });
    Object.assign(scale?.ticks ?? {}, { color: theme.dimmed, font });
  }
  Object.assign(scales?.x ?? {}, { min: view.range?.min, max: view.range?.max });
  Object.assign(scales?.x?.ticks ?? {}, { callback: (value: number | string) => formatX(Number(value), view) });
  Object.assign(scales?.y ?? {}, { type: view.logY ? 'logarithmic' : 'linear' });
  Object.assign(plugins?.tooltip ?? {}, {
    backgroundColor: theme.background,
    borderColor: theme.border,
    borderWidth: 1,
    titleColor: theme.dimmed,
    bodyColor: theme.text,
    titleFont: { ...font, weight: 'normal' },
    bodyFont: font,
    cornerRadius: 2,
    padding: 8,
    callbacks: {
      title: ([item]: { parsed: { x: number } }[]) => (item ? `${view.xAxis} ${formatX(item.parsed.x, view)}` : ''),
      labelColor: (item: { dataset: { borderColor?: unknown } }) => ({
        borderColor: item.dataset.borderColor,
        backgroundColor: item.dataset.borderColor,
        borderWidth: 0,
      }),
      label: (item: { dataset: { label?: string }; parsed: { y: number } }) =>
        `${item.dataset.label ?? ''}  ${shortNumber(item.parsed.y)}`,
    },
  });
  Object.assign(plugins?.zoom?.zoom?.drag ?? {}, { backgroundColor: theme.selection, borderColor: theme.border });
}

function formatX(value: number, { xAxis }: MetricChartView): string {
  if (xAxis === 'step') return Number.isInteger(value) ? String(value) : shortNumber(value);
  if (xAxis === 'relative') return `${shortNumber(value)} s`;
  return new Date(value).toLocaleTimeString();
}

/** One tooltip for all curves: on each the point that is nearest to the cursor's x. */
Interaction.modes.nearestOfEach = (chart, event, options, useFinalPosition) => {
  const nearest = Interaction.modes.nearest(chart, event, { ...options, axis: 'x' }, useFinalPosition)[0];
  const at = nearest?.element.x;
  if (at === undefined) return [];
  return chart.getSortedVisibleDatasetMetas().flatMap(({ index, data }) => {
    const distance = (place: number) => Math.abs((data[place]?.x ?? Number.POSITIVE_INFINITY) - at);
    const closest = data.reduce((best, _, place) => (distance(place) < distance(best) ? place : best), 0);
    const found = data[closest];
    return found && !Number.isNaN(found.y) ? [{ element: found, datasetIndex: index, index: closest }] : [];
  });
};
