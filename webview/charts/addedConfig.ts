import type { ChartConfiguration, ChartType, DefaultDataPoint } from 'chart.js';
import type { AddedChart, ChartRun, DimensionValues, Importance } from '../../src/protocol/charts.ts';
import { axisLook, axisTitle } from './chartOptions.ts';
import { axisName, valueText } from './dimensionText.ts';
import type { ParallelAxis } from './parallelAxis.ts';
import type { Theme } from './theme.ts';
import type { RunValues } from './values.ts';

/** What an added chart is made of. */
export interface AddedInput {
  /** Those that are drawn. */
  readonly runs: readonly ChartRun[];
  readonly values: RunValues;
  /** Of the chart's metric; only for that kind of chart. */
  readonly importance: readonly Importance[];
  readonly theme: Theme;
}

/** A chart, and what is to be said of it. */
export interface Drawing {
  readonly config: ChartConfiguration<ChartType, DefaultDataPoint<ChartType>>;
  /** px that the chart needs, where it is more than usual. */
  readonly height?: number | undefined;
  readonly note?: string | undefined;
  /** Of parallel coordinates: what can be limited. */
  readonly axes?: readonly ParallelAxis[] | undefined;
  /** The run behind an element of a dataset. */
  readonly runAt?: ((datasetIndex: number, index: number) => string | undefined) | undefined;
  /** For who does not see the picture. */
  readonly description: string;
}

export type DrawingOf<K extends AddedChart['kind']> = (
  chart: Extract<AddedChart, { kind: K }>,
  input: AddedInput,
) => Drawing | string;

/** A run and its number of a dimension; runs without one are left out. */
export function numbersOf(
  runs: readonly ChartRun[],
  values: RunValues,
  dimension: DimensionValues | undefined,
): readonly { readonly run: ChartRun; readonly value: number }[] {
  return runs.flatMap((run) => {
    const value = dimension?.numbers[values.place(run.runId)] ?? Number.NaN;
    return Number.isFinite(value) ? [{ run, value }] : [];
  });
}

/** An axis of a dimension: numbers, moments or texts. */
export function dimensionAxis(dimension: DimensionValues, theme: Theme, placement: object = {}): object {
  const { categories } = dimension;
  const look = axisLook(theme, {
    maxRotation: 40,
    autoSkipPadding: 16,
    callback: (value: number | string) => valueText(dimension, Number(value)),
    ...(categories && { stepSize: 1 }),
    ...(dimension.numbers.every((value) => !Number.isFinite(value) || Number.isInteger(value)) && { precision: 0 }),
  });
  const title = axisTitle(axisName(dimension), theme);
  return { type: 'linear', grace: '4%', ...look, ...(categories && { offset: true }), title, ...placement };
}

export function tooltipLook(theme: Theme): object {
  return {
    backgroundColor: theme.background,
    borderColor: theme.border,
    borderWidth: 1,
    titleColor: theme.text,
    bodyColor: theme.text,
    titleFont: { family: theme.font, size: 12 },
    bodyFont: { family: theme.font, size: 12 },
    cornerRadius: 2,
    padding: 8,
    displayColors: false,
  };
}

export function baseOptions(theme: Theme): object {
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    plugins: { legend: { display: false }, tooltip: tooltipLook(theme), zoom: {} },
  };
}
