import { shortNumber } from '../shared/number.ts';
import { baseOptions, type DrawingOf, dimensionAxis, numbersOf } from './addedConfig.ts';
import { axisLook, axisTitle } from './chartOptions.ts';
import { axisName, valueText } from './dimensionText.ts';

/** Groups that are drawn: as many as have room for a label. */
const SHOWN = 40;

/** The spread of a metric's latest values among runs, by the value of another dimension. */
export const drawBoxes: DrawingOf<'box'> = ({ metric, by }, { runs, values, theme }) => {
  const [dimension, groups] = [values.get(`metrics.${metric}`), values.get(by)];
  if (!dimension || !groups) return '';
  const having = numbersOf(runs, values, dimension).filter(
    ({ run }) => !Number.isNaN(groups.numbers[values.place(run.runId)] ?? Number.NaN),
  );
  if (having.length === 0) return `None of these runs has both ${metric} and ${groups.label}.`;
  const byValue = Map.groupBy(having, ({ run }) => groups.numbers[values.place(run.runId)] ?? 0);
  const sorted = [...byValue].toSorted(([a], [b]) => a - b);
  const shown = sorted.slice(0, SHOWN);
  const labels = shown.map(([value, members]) => `${valueText(groups, value)} (${members.length})`);
  return {
    description: `Spread of ${metric} by ${groups.label}. ${shown
      .map(([, members], at) => {
        const numbers = members.map(({ value }) => value);
        return `${labels[at]}: from ${shortNumber(Math.min(...numbers))} to ${shortNumber(Math.max(...numbers))}`;
      })
      .join('. ')}`,
    note: sorted.length > SHOWN ? `The first ${SHOWN} of ${sorted.length} values of ${groups.label}.` : undefined,
    config: {
      type: 'boxplot',
      data: {
        labels,
        datasets: [
          {
            data: shown.map(([, members]) => members.map(({ value }) => value)),
            backgroundColor: shown.map(([, [first]]) => `${first?.run.color ?? theme.text}40`),
            borderColor: shown.map(([, [first]]) => first?.run.color ?? theme.text),
            borderWidth: 1.5,
            outlierRadius: 3,
            outlierBorderColor: shown.map(([, [first]]) => first?.run.color ?? theme.text),
            outlierBackgroundColor: 'transparent',
            meanRadius: 0,
            itemRadius: having.length > 300 ? 0 : 2,
            itemBackgroundColor: shown.map(([, [first]]) => first?.run.color ?? theme.text),
          },
        ],
      },
      options: {
        ...baseOptions(theme),
        scales: {
          x: {
            type: 'category',
            ...axisLook(theme, { maxRotation: 40 }),
            grid: { display: false },
            title: axisTitle(`${axisName(groups)} (runs)`, theme),
          },
          y: dimensionAxis(dimension, theme, { beginAtZero: false }),
        },
      },
    } as never,
  };
};
