import type { MetricSeries } from '../../entities/metricSeries.ts';
import type { Run } from '../../entities/run.ts';
import { isLessBetter } from '../betterValue.ts';
import { formatNumber } from '../formatNumber.ts';
import { table } from './runsMarkdown.ts';

/** Points of a curve that a language model is told. */
const TOLD = 20;

/** The statistics and the course of a metric in several runs, as Markdown. */
export function metricMarkdown(
  key: string,
  series: readonly { readonly run: Run; readonly points: MetricSeries }[],
): string {
  const having = series.filter(({ points }) => points.statistics.count > 0);
  if (having.length === 0) return `None of these runs has logged '${key}'.\n`;
  const less = isLessBetter(key, having[0]?.points.values ?? new Float64Array());
  const at = (point: { readonly step: number; readonly value: number } | undefined) =>
    point ? `${formatNumber(point.value)} at step ${point.step}` : 'no finite value';
  const rows = having.map(({ run, points: { statistics } }) => {
    const { count, first, last, min, max } = statistics;
    return [
      run.info.runName || run.info.runId,
      String(count),
      at(first),
      at(last),
      at(min),
      at(max),
      at(less ? min : max),
    ];
  });
  const curves = having.map(({ run, points }) => `- ${run.info.runName || run.info.runId}: ${course(points)}`);
  const head = ['run', 'points', 'first', 'last', 'min', 'max', `best (${less ? 'lowest' : 'highest'})`];
  return `# ${key}\n\n${table(head, rows)}\n## Course (step: value)\n\n${curves.join('\n')}\n`;
}

function course({ steps, values }: MetricSeries): string {
  const every = Math.max(1, Math.ceil(values.length / TOLD));
  const told: string[] = [];
  for (let at = 0; at < values.length; at += every)
    told.push(`${steps[at]}: ${formatNumber(values[at] ?? Number.NaN)}`);
  return told.join(', ');
}
