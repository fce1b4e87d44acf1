import { BasicPlatform, Chart, type ChartConfiguration, type ChartType, type DefaultDataPoint } from 'chart.js';
import { Element as SvgCanvas } from 'svgcanvas';
import { PRINT } from './theme.ts';

/** A line of the legend below the chart. */
export interface LegendEntry {
  readonly label: string;
  readonly color: string;
  readonly dash: readonly number[];
}

/** px of a picture, without the legend. */
const [WIDTH, HEIGHT] = [960, 540];
const [MARGIN, TITLE, LINE, COLUMN] = [16, 40, 20, 300];
/** Pixels of a PNG for each px: sharp on paper. */
const RATIO = 2;
/** Rows of a legend; the rest is counted. */
const LEGEND_ROWS = 12;

type Surface = HTMLCanvasElement | InstanceType<typeof SvgCanvas>;

/** Draws a chart for a file: dark on white with its title and a legend. */
export async function chartPicture<T extends ChartType>(
  format: 'png' | 'svg',
  title: string,
  config: ChartConfiguration<T, DefaultDataPoint<T>>,
  legend: readonly LegendEntry[],
): Promise<Uint8Array> {
  const columns = Math.floor((WIDTH - 2 * MARGIN) / COLUMN);
  const shown = legend.slice(0, columns * LEGEND_ROWS);
  const rest = legend.length - shown.length;
  const rows = Math.ceil(shown.length / columns) + (rest > 0 ? 1 : 0);
  const height = HEIGHT + rows * LINE + MARGIN;
  const surface = makeSurface(format, WIDTH, height);
  const context = surface.getContext('2d') as CanvasRenderingContext2D;
  const chart = new Chart<T, DefaultDataPoint<T>>(context, {
    ...config,
    platform: BasicPlatform,
    options: {
      ...config.options,
      responsive: false,
      animation: false,
      devicePixelRatio: format === 'png' ? RATIO : 1,
      layout: { padding: { top: TITLE, left: MARGIN, right: MARGIN, bottom: height - HEIGHT } },
    } as NonNullable<typeof config.options>,
    plugins: [{ id: 'paper', beforeDraw: () => paint(context, height) }, ...(config.plugins ?? [])],
  });
  context.fillStyle = PRINT.text;
  context.font = `600 15px ${PRINT.font}`;
  context.fillText(title, MARGIN, 26);
  drawLegend(context, shown, rest, columns);
  const content = await contentOf(surface);
  chart.destroy();
  return content;
}

function makeSurface(format: 'png' | 'svg', width: number, height: number): Surface {
  if (format === 'svg') return new SvgCanvas({ width, height, document });
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

function paint(context: CanvasRenderingContext2D, height: number): void {
  context.fillStyle = PRINT.background;
  context.fillRect(0, 0, WIDTH, height);
}

function drawLegend(
  context: CanvasRenderingContext2D,
  entries: readonly LegendEntry[],
  rest: number,
  columns: number,
): void {
  context.font = `12px ${PRINT.font}`;
  entries.forEach(({ label, color, dash }, at) => {
    const x = MARGIN + (at % columns) * COLUMN;
    const y = HEIGHT + MARGIN + Math.floor(at / columns) * LINE;
    context.strokeStyle = color;
    context.lineWidth = 2;
    context.setLineDash([...dash]);
    context.beginPath();
    context.moveTo(x, y - 4);
    context.lineTo(x + 24, y - 4);
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = PRINT.text;
    context.fillText(fitting(context, label, COLUMN - 44), x + 32, y);
  });
  if (rest === 0) return;
  context.fillStyle = PRINT.dimmed;
  context.fillText(`and ${rest} more`, MARGIN, HEIGHT + MARGIN + Math.ceil(entries.length / columns) * LINE);
}

function fitting(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let length = text.length;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > width) length--;
  return `${text.slice(0, length)}…`;
}

async function contentOf(surface: Surface): Promise<Uint8Array> {
  if (!(surface instanceof HTMLCanvasElement)) {
    const text = surface.getContext('2d').getSerializedSvg();
    return new TextEncoder().encode(text);
  }
  const blob = await new Promise<Blob | null>((resolve) => surface.toBlob(resolve, 'image/png'));
  return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer());
}
