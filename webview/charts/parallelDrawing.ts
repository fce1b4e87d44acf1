import type { Chart, ChartArea } from 'chart.js';
import type { ChartRun } from '../../src/protocol/charts.ts';
import { baseOptions, type DrawingOf } from './addedConfig.ts';
import { scaleColor } from './colorScale.ts';
import { axisName } from './dimensionText.ts';
import { isWithin, type ParallelAxis, parallelAxis } from './parallelAxis.ts';
import type { Theme } from './theme.ts';

/** px above and below the axes, and at the sides. */
const [ABOVE, BELOW, SIDE] = [24, 10, 60];

/** Each run as a line across the values of its params to those of its metrics, coloured by one of them. */
export const drawParallel: DrawingOf<'parallel'> = ({ axes: ids, color, limits }, { runs, values, theme }) => {
  const dimensions = ids.flatMap((id) => values.get(id) ?? []);
  const colors = values.get(color);
  if (dimensions.length < ids.length || !colors) return '';
  if (dimensions.length < 2) return 'Choose two axes or more.';
  const places = runs.map(({ runId }) => values.place(runId));
  const axes = dimensions.map((dimension) => parallelAxis(dimension, places));
  const toColor = scaleColor(Float64Array.from(places, (place) => colors.numbers[place] ?? Number.NaN));
  const isIn = runs.map((_, at) => isWithin(axes, at, limits));
  const count = isIn.filter(Boolean).length;
  const limited = Object.keys(limits).some((id) => ids.includes(id));
  const lines = runs.map((run, at) => ({
    run,
    color: toColor(colors.numbers[places[at] ?? -1] ?? Number.NaN) ?? theme.dimmed,
    isIn: isIn[at] ?? false,
  }));
  return {
    description: `${runs.length} runs across ${axes.map(({ label }) => label).join(', ')}${limited ? `, ${count} within the limits` : ''}`,
    note: `Colour: ${axisName(colors)}, from blue (low) to orange (high).${limited ? ` ${count} of ${runs.length} runs are within the limits.` : ' Drag along an axis to limit it.'}`,
    axes,
    config: {
      type: 'scatter',
      data: { datasets: [] },
      options: {
        ...baseOptions(theme),
        events: [],
        scales: { x: { display: false }, y: { display: false } },
      },
      plugins: [
        {
          id: 'parallel',
          afterDraw: ({ ctx, chartArea }: Chart) => paint(ctx, chartArea, axes, lines, theme),
        },
      ],
    },
  };
};

interface ParallelLine {
  readonly run: ChartRun;
  readonly color: string;
  readonly isIn: boolean;
}

/** Where an axis stands. */
export function axisPlace(
  { left, right, top, bottom }: ChartArea,
  at: number,
  count: number,
): { readonly x: number; readonly top: number; readonly bottom: number } {
  const width = right - left - 2 * SIDE;
  return { x: left + SIDE + (count > 1 ? (at * width) / (count - 1) : 0), top: top + ABOVE, bottom: bottom - BELOW };
}

function paint(
  ctx: CanvasRenderingContext2D,
  area: ChartArea,
  axes: readonly ParallelAxis[],
  lines: readonly ParallelLine[],
  theme: Theme,
): void {
  const places = axes.map((_, at) => axisPlace(area, at, axes.length));
  ctx.save();
  ctx.lineJoin = 'round';
  // What is within the limits is drawn over what is not.
  for (const isIn of [false, true]) {
    lines.forEach((line, run) => {
      if (line.isIn !== isIn) return;
      ctx.strokeStyle = isIn ? line.color : theme.dimmed;
      ctx.globalAlpha = isIn ? (lines.length > 200 ? 0.45 : 0.8) : 0.1;
      ctx.lineWidth = 1.5;
      ctx.setLineDash([...line.run.dash]);
      strokeRun(ctx, axes, places, run);
    });
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
  axes.forEach((axis, at) => {
    const place = places[at];
    if (place) paintAxis(ctx, axis, place, theme, (area.right - area.left - 2 * SIDE) / Math.max(1, axes.length - 1));
  });
  ctx.restore();
}

/** A run without a value has a gap there. */
function strokeRun(
  ctx: CanvasRenderingContext2D,
  axes: readonly ParallelAxis[],
  places: readonly ReturnType<typeof axisPlace>[],
  run: number,
): void {
  ctx.beginPath();
  let isOpen = false;
  axes.forEach(({ parts }, at) => {
    const part = parts[run] ?? Number.NaN;
    const place = places[at];
    if (!place || Number.isNaN(part)) {
      isOpen = false;
      return;
    }
    const y = place.bottom - part * (place.bottom - place.top);
    if (isOpen) ctx.lineTo(place.x, y);
    else ctx.moveTo(place.x, y);
    isOpen = true;
  });
  ctx.stroke();
}

function paintAxis(
  ctx: CanvasRenderingContext2D,
  { label, ticks, isLog }: ParallelAxis,
  { x, top, bottom }: ReturnType<typeof axisPlace>,
  theme: Theme,
  room: number,
): void {
  ctx.strokeStyle = theme.dimmed;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, bottom);
  ctx.stroke();
  ctx.fillStyle = theme.text;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'alphabetic';
  ctx.font = `600 11px ${theme.font}`;
  ctx.fillText(shortened(ctx, isLog ? `${label} (log)` : label, Math.max(40, room - 12)), x, top - 9);
  ctx.font = `11px ${theme.font}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const { at, text } of ticks) {
    const y = bottom - at * (bottom - top);
    ctx.fillStyle = theme.dimmed;
    ctx.fillRect(x - 3, y, 6, 1);
    const shown = shortened(ctx, text, Math.max(24, Math.min(90, room - 16)));
    // Lines cross behind the text.
    ctx.fillStyle = theme.background;
    ctx.globalAlpha = 0.75;
    ctx.fillRect(x + 5, y - 7, ctx.measureText(shown).width + 4, 14);
    ctx.globalAlpha = 1;
    ctx.fillStyle = theme.text;
    ctx.fillText(shown, x + 7, y);
  }
}

function shortened(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) return text;
  let length = text.length;
  while (length > 1 && ctx.measureText(`${text.slice(0, length)}…`).width > width) length--;
  return `${text.slice(0, length)}…`;
}
