import { shortNumber } from '../shared/number.ts';
import { baseOptions, type DrawingOf, dimensionAxis, numbersOf } from './addedConfig.ts';
import { axisLook, axisTitle } from './chartOptions.ts';

/** Bars that are drawn: more are too thin to read. */
const SHOWN = 60;
/** From the palette of runs: seen on light and on dark. */
const [POSITIVE, NEGATIVE] = ['#3b82d6', '#c2660a'];
/** px of a bar with its label, and of what stands around them. */
const [ROW, REST] = [20, 60];

/** The latest value of a metric of each run, the greatest first. */
export const drawBars: DrawingOf<'bar'> = ({ metric }, { runs, values, theme }) => {
  const dimension = values.get(`metrics.${metric}`);
  if (!dimension) return '';
  const bars = numbersOf(runs, values, dimension).toSorted((a, b) => b.value - a.value);
  if (bars.length === 0) return `None of these runs has a number of ${metric}.`;
  const shown = bars.slice(0, SHOWN);
  const category = categoryAxis(theme);
  return {
    description: `Bars of ${metric}. ${shown.map(({ run, value }) => `${run.name}: ${shortNumber(value)}`).join('. ')}`,
    note: bars.length > SHOWN ? `The ${SHOWN} greatest of ${bars.length} values.` : undefined,
    height: shown.length * ROW + REST,
    runAt: (_, index) => shown[index]?.run.runId,
    config: {
      type: 'bar',
      data: {
        labels: shown.map(({ run }) => run.name),
        datasets: [
          {
            data: shown.map(({ value }) => value),
            backgroundColor: shown.map(({ run }) => run.color),
            barPercentage: 0.8,
            categoryPercentage: 0.9,
          },
        ],
      },
      options: {
        ...baseOptions(theme),
        indexAxis: 'y',
        scales: { x: dimensionAxis(dimension, theme), y: category },
      },
    },
  };
};

/** How closely a metric follows each param. */
export const drawImportance: DrawingOf<'importance'> = ({ metric }, { importance, theme }) => {
  if (importance.length === 0) {
    return `No param that differs among three runs or more with a number of ${metric}: there is nothing to correlate.`;
  }
  const shown = importance.slice(0, SHOWN);
  const text = ({ correlation, isRanked }: (typeof shown)[number]) =>
    `${isRanked ? 'ρ' : 'η'} ${correlation.toFixed(2).replace('-', '−')}`;
  return {
    description: `Correlation of ${metric} with params. ${shown.map((it) => `${it.label}: ${text(it)}`).join('. ')}`,
    note: 'Rank correlation, not cause: Spearman’s ρ of numbers (negative: smaller with a greater value), correlation ratio η of texts.',
    height: shown.length * ROW + REST,
    config: {
      type: 'bar',
      data: {
        labels: shown.map((it) => `${it.label}  ${text(it)}`),
        datasets: [
          {
            data: shown.map(({ correlation }) => correlation),
            backgroundColor: shown.map(({ correlation }) => (correlation < 0 ? NEGATIVE : POSITIVE)),
            barPercentage: 0.7,
            categoryPercentage: 0.9,
          },
        ],
      },
      options: {
        ...baseOptions(theme),
        indexAxis: 'y',
        scales: {
          x: {
            type: 'linear',
            min: importance.some(({ correlation }) => correlation < 0) ? -1 : 0,
            max: 1,
            ...axisLook(theme, {}),
            title: axisTitle(`Correlation with ${metric} (last)`, theme),
          },
          y: categoryAxis(theme),
        },
      },
    },
  };
};

function categoryAxis(theme: Parameters<typeof axisLook>[0]): object {
  const callback = function (this: { getLabelForValue(value: number): string }, value: number) {
    const label = this.getLabelForValue(value);
    return label.length > 32 ? `${label.slice(0, 31)}…` : label;
  };
  return { type: 'category', ...axisLook(theme, { autoSkip: false, callback }), grid: { display: false } };
}
