import type { Metric } from '../../entities/metric.ts';
import type { Run } from '../../entities/run.ts';
import { formatNumber } from '../formatNumber.ts';
import { formatMoment } from '../formatTime.ts';
import { mainMetric } from '../mainMetric.ts';
import { markdownTable } from '../markdown.ts';
import { describe, oneLine, type TreeRow } from './row.ts';

/** The folders below a run. */
export function parametersRow(run: Run): TreeRow {
  return folder('Parameters', run.data.params.size, 'symbol-parameter', ['parameters']);
}

export function metricsRow(run: Run): TreeRow {
  const main = mainMetric(run.data.metrics);
  const row = folder('Metrics', run.data.metrics.size, 'graph-line', ['metrics', 'charted']);
  return main
    ? { ...row, description: describe(row.description, `${oneLine(main.key, 80)} ${formatNumber(main.value)}`) }
    : row;
}

export function modelsRow(models: number): TreeRow {
  return folder('Models', models, 'package', ['models']);
}

export function artifactsRow(): TreeRow {
  return folder('Artifacts', undefined, 'files', ['artifacts']);
}

function folder(label: string, size: number | undefined, icon: string, words: readonly string[]): TreeRow {
  return { label, description: size?.toString(), icon: { id: icon }, words, expansion: 'collapsed' };
}

export function parameterRow(key: string, value: string): TreeRow {
  return { label: oneLine(key), description: oneLine(value, 300), words: ['parameter'], expansion: 'none' };
}

export function metricRow(metric: Metric): TreeRow {
  return {
    label: oneLine(metric.key),
    description: describe(formatNumber(metric.value), Number(metric.step) === 0 ? undefined : `step ${metric.step}`),
    words: ['metric', 'charted'],
    expansion: 'none',
  };
}

/** Markdown, with all digits. */
export function metricTooltip(metric: Metric): string {
  return markdownTable([
    ['Metric', oneLine(metric.key)],
    ['Latest value', String(metric.value)],
    ['Step', String(metric.step)],
    ['Logged', formatMoment(Number(metric.timestamp))],
  ]);
}

/** Markdown. */
export function parameterTooltip(key: string, value: string): string {
  return markdownTable([
    ['Parameter', oneLine(key)],
    ['Value', oneLine(value, 1_000)],
  ]);
}
