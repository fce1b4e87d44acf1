import { baseOptions, type DrawingOf, dimensionAxis, tooltipLook } from './addedConfig.ts';
import { scaleColor } from './colorScale.ts';
import { axisName, valueText } from './dimensionText.ts';

/** Each run as a point between two dimensions; a third one can be its colour. */
export const drawScatter: DrawingOf<'scatter'> = ({ x, y, color }, { runs, values, theme }) => {
  const [xs, ys] = [values.get(x), values.get(y)];
  const colors = color === undefined ? undefined : values.get(color);
  if (!xs || !ys) return '';
  const points = runs.flatMap((run) => {
    const place = values.place(run.runId);
    const [left, top] = [xs.numbers[place] ?? Number.NaN, ys.numbers[place] ?? Number.NaN];
    return Number.isFinite(left) && Number.isFinite(top) ? [{ run, place, x: left, y: top }] : [];
  });
  if (points.length === 0) return `None of these runs has both ${xs.label} and ${ys.label}.`;
  const toColor = colors && scaleColor(colors.numbers);
  const fill = points.map(({ run, place }) => toColor?.(colors?.numbers[place] ?? Number.NaN) ?? run.color);
  const label = ({ dataIndex }: { dataIndex: number }) => {
    const point = points[dataIndex];
    if (!point) return [];
    const third = colors
      ? [`${axisName(colors)}: ${valueText(colors, colors.numbers[point.place] ?? Number.NaN)}`]
      : [];
    return [
      point.run.name,
      `${axisName(xs)}: ${valueText(xs, point.x)}`,
      `${axisName(ys)}: ${valueText(ys, point.y)}`,
      ...third,
    ];
  };
  return {
    description: `${points.length} runs between ${xs.label} and ${ys.label}. ${points
      .slice(0, 30)
      .map((point) => `${point.run.name}: ${valueText(xs, point.x)}, ${valueText(ys, point.y)}`)
      .join('. ')}`,
    note: colors && `Colour: ${axisName(colors)}, from blue (low) to orange (high).`,
    runAt: (_, index) => points[index]?.run.runId,
    config: {
      type: 'scatter',
      data: {
        datasets: [
          {
            data: points.map((point) => ({ x: point.x, y: point.y })),
            backgroundColor: fill,
            pointRadius: points.length > 500 ? 3 : 4.5,
            pointHoverRadius: 6,
            pointBorderWidth: 0,
          },
        ],
      },
      options: {
        ...baseOptions(theme),
        interaction: { mode: 'nearest', intersect: false },
        plugins: { tooltip: { ...tooltipLook(theme), callbacks: { label } } },
        scales: { x: dimensionAxis(xs, theme), y: dimensionAxis(ys, theme) },
      },
    },
  };
};
