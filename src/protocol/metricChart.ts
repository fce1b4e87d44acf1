import type { ChartRun, Series } from '../views/metricChart.ts';

export type { ChartRun, Series } from '../views/metricChart.ts';

/** What the extension tells the metric chart. */
export type MetricChartEvent =
  /** Everything there is to draw; comes after `ready`, and again when runs or metrics come or go. */
  | { readonly kind: 'show'; readonly runs: readonly ChartRun[]; readonly cards: readonly ChartCard[] }
  /** A run went on: its state, and the curves that changed. */
  | { readonly kind: 'update'; readonly run: ChartRun; readonly series: readonly CardSeries[] }
  /** Nothing can be read at the moment; what is drawn stays. */
  | { readonly kind: 'failed'; readonly message: string };

/** The curves of one metric. */
export interface ChartCard {
  readonly metricKey: string;
  readonly series: readonly RunSeries[];
}

export interface RunSeries {
  readonly runId: string;
  readonly series: Series;
}

export interface CardSeries {
  readonly metricKey: string;
  readonly series: Series;
}

/** What the metric chart asks the extension. */
export type MetricChartRequests = {
  /** The webview listens now. @returns what it keeps in its state, so that the extension can bring the panel back */
  ready(argument: undefined): unknown;
  /** Reads everything again. */
  retry(argument: undefined): void;
};

/** What is kept over a reload: which runs are shown (by the extension), and how (by the webview). */
export interface MetricChartState {
  readonly source: unknown;
  readonly view: MetricChartView;
}

export interface MetricChartView {
  readonly hiddenRuns: readonly string[];
  readonly xAxis: 'step' | 'time' | 'relative';
  readonly logY: boolean;
  /** 0 for none, up to 0.99. */
  readonly smoothing: number;
  /** Visible part of the x axis in its unit; all of it when absent. */
  readonly range?: { readonly min: number; readonly max: number } | undefined;
}
