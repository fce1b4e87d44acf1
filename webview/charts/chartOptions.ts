import type { ChartOptions } from 'chart.js';
import type { ChartsView, Range } from '../../src/protocol/charts.ts';
import { shortNumber } from '../shared/number.ts';
import type { Theme } from './theme.ts';

/** The options of a chart of curves that stay. @param onZoom the part that the user looks at now */
export function curveOptions(onZoom: (range: Range) => void): ChartOptions<'curve'> {
  const tell = ({ chart }: { chart: { scales: Record<string, Range> } }) => {
    const { x } = chart.scales;
    if (x) onZoom({ min: x.min, max: x.max });
  };
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    // The cursor is our own: Chart.js would look for its own points at every move.
    events: [],
    layout: { padding: { right: 4 } },
    scales: {
      x: { type: 'linear', ticks: { maxRotation: 0, autoSkipPadding: 24, precision: 0 } },
      y: { type: 'linear', ticks: { maxTicksLimit: 7, callback: (value) => shortNumber(Number(value)) } },
    },
    plugins: {
      zoom: {
        pan: { enabled: true, mode: 'x', modifierKey: 'shift', onPanComplete: tell },
        zoom: {
          mode: 'x',
          drag: { enabled: true, threshold: 6, borderWidth: 1 },
          wheel: { enabled: true, modifierKey: 'ctrl' },
          onZoomComplete: tell,
        },
      },
    },
  };
}

/** What the theme and the toolbar say now: colours, axes and the visible part. */
export function applyView(options: ChartOptions<'curve'>, view: ChartsView, theme: Theme): void {
  const { scales, plugins } = options;
  for (const scale of [scales?.x, scales?.y]) Object.assign(scale ?? {}, axisLook(theme, scale?.ticks));
  Object.assign(scales?.x ?? {}, {
    type: view.logX && view.xAxis !== 'time' ? 'logarithmic' : 'linear',
    min: view.range?.min,
    max: view.range?.max,
    title: axisTitle(axisName(view), theme),
  });
  Object.assign(scales?.x?.ticks ?? {}, { callback: (value: number | string) => formatX(Number(value), view) });
  Object.assign(scales?.y ?? {}, { type: view.logY ? 'logarithmic' : 'linear' });
  Object.assign(plugins?.zoom?.zoom?.drag ?? {}, { backgroundColor: theme.selection, borderColor: theme.border });
}

/** How the axes of all charts look. @param ticks what is said of them already */
export function axisLook(theme: Theme, ticks: object | undefined): object {
  return {
    border: { color: theme.grid },
    grid: { color: theme.grid, drawTicks: false },
    ticks: { ...ticks, color: theme.dimmed, font: fontOf(theme) },
  };
}

export function axisTitle(text: string, theme: Theme): object {
  return { display: text !== '', text, color: theme.dimmed, font: fontOf(theme), padding: 2 };
}

function fontOf(theme: Theme): { readonly family: string; readonly size: number } {
  return { family: theme.font, size: 11 };
}

/** Steps, which most charts have, need not be said. */
function axisName({ xAxis, xMetric }: ChartsView): string {
  return { step: '', time: '', relative: 'Time since the start', metric: xMetric ?? '' }[xAxis];
}

export function formatX(value: number, { xAxis, range }: Pick<ChartsView, 'xAxis' | 'range'>): string {
  if (xAxis === 'step' || xAxis === 'metric') return Number.isInteger(value) ? String(value) : shortNumber(value);
  if (xAxis === 'relative') return duration(value);
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) return shortNumber(value);
  const isShort = range !== undefined && range.max - range.min < 60_000;
  return moment.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', ...(isShort && { second: '2-digit' }) });
}

/** @param seconds of a run */
function duration(seconds: number): string {
  if (seconds < 120) return `${shortNumber(seconds)} s`;
  if (seconds < 7_200) return `${shortNumber(seconds / 60)} min`;
  return `${shortNumber(seconds / 3_600)} h`;
}
