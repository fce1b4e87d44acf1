import {
  type CartesianScaleTypeRegistry,
  type ChartMeta,
  type CoreChartOptions,
  DatasetController,
  type Scale,
} from 'chart.js';
import type { Range } from '../../src/protocol/charts.ts';
import type { Curve } from './curve.ts';

/** A line of a chart: a run's curve, or the middle of a group's with how far they reach. */
export interface CurveDataset {
  /** Of the line. */
  readonly id: string;
  readonly label: string;
  readonly color: string;
  readonly dash: readonly number[];
  readonly curve: Curve;
  readonly band?: { readonly low: Float64Array; readonly high: Float64Array } | undefined;
  /** Whether the curve is smoothed: what was logged is drawn behind it. */
  readonly hasGhost: boolean;
  readonly emphasis: 'none' | 'raised' | 'dimmed';
  /** Among the lines, as Chart.js has it. */
  readonly order: number;
  /** What the y axis has to show, of all lines together. */
  readonly yRange: Range | undefined;
}

declare module 'chart.js' {
  interface ChartTypeRegistry {
    curve: {
      chartOptions: CoreChartOptions<'curve'>;
      datasetOptions: CurveDataset;
      defaultDataPoint: never;
      metaExtensions: object;
      parsedDataType: { x: number; y: number };
      scales: keyof CartesianScaleTypeRegistry;
    };
  }
}

/** px between points from which on they are seen one by one. */
const SPARSE = 14;
/** px that marks of gaps have for themselves. */
const MARK = 7;
/** Widths of a curve (px). Browsers draw what is one pixel wide ten times faster than what is wider. */
const [RAISED, LINE, HAIRLINE] = [3, 1.75, 1];
/** More curves than these cover each other where they are wide. */
const FEW_CURVES = 40;
/** px around the chart in which points at its edges are seen whole. */
const MARGIN = 3;
/** No canvas needs a place beyond that (px). */
const FAR = 1e5;

/**
 * Draws curves as they come, from typed arrays: Chart.js's own controller makes an object of every point, which a
 * hundred runs have too many of.
 */
export class CurveController extends DatasetController<'curve'> {
  static readonly id = 'curve';
  /** Chart.js wants a kind of element to be named, though none is made. */
  static readonly defaults = { datasetElementType: false, dataElementType: 'point' };

  override buildOrUpdateElements(): void {}
  override parse(): void {}
  override update(): void {}

  /** What the scales make their ranges of. */
  protected override getMinMax(scale: Scale): { min: number; max: number } {
    const { curve, yRange } = this.#dataset;
    if (scale.axis === 'y') return yRange ?? { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
    let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const x of curve.x) {
      if (scale.type === 'logarithmic' && x <= 0) continue;
      if (x < min) min = x;
      if (x > max) max = x;
    }
    return { min, max };
  }

  override draw(): void {
    const { ctx } = this.chart;
    const { curve, color, dash, band, hasGhost, emphasis } = this.#dataset;
    const { xScale, yScale } = this._cachedMeta as ChartMeta<'curve'> & { xScale: Scale; yScale: Scale };
    const place = { x: projection(xScale), y: projection(yScale) };
    ctx.save();
    // Chart.js clips at the ends of the axes, which lie beyond those of the chart where labels need room.
    const { left, top, width, height } = this.chart.chartArea;
    ctx.beginPath();
    ctx.rect(left - MARGIN, top - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN);
    ctx.clip();
    ctx.strokeStyle = color;
    ctx.fillStyle = color;
    ctx.lineJoin = 'round';
    const strength = emphasis === 'dimmed' ? 0.18 : 1;
    if (band) {
      ctx.globalAlpha = 0.16 * strength;
      fillBand(ctx, curve.x, band.low, band.high, place);
    }
    if (hasGhost) {
      ctx.globalAlpha = 0.28 * strength;
      ctx.lineWidth = 1;
      strokeCurve(ctx, curve.x, curve.raw, place);
    }
    ctx.globalAlpha = strength;
    ctx.lineWidth = emphasis === 'raised' ? RAISED : this.#isDense(xScale) ? HAIRLINE : LINE;
    ctx.setLineDash([...dash]);
    strokeCurve(ctx, curve.x, curve.y, place);
    ctx.setLineDash([]);
    markPoints(ctx, curve, place, xScale);
    markGaps(ctx, curve, place.x, xScale, yScale);
    ctx.restore();
  }

  /** Whether points or curves are so many that thin lines cover as much as thick ones. */
  #isDense(xScale: Scale): boolean {
    const { curve, hasGhost } = this.#dataset;
    if (this.chart.data.datasets.length > FEW_CURVES) return true;
    return !hasGhost && visibleCount(curve.x, xScale) > xScale.width;
  }

  get #dataset(): CurveDataset {
    return this.getDataset() as unknown as CurveDataset;
  }
}

type Projection = (value: number) => number;
interface Place {
  readonly x: Projection;
  readonly y: Projection;
}

/** Value → px. A straight line needs no call of the scale for every point. */
function projection(scale: Scale): Projection {
  const clamped = (px: number) => Math.max(-FAR, Math.min(FAR, px));
  if (scale.type !== 'linear') {
    return (value) => (value > 0 ? clamped(scale.getPixelForValue(value)) : Number.NaN);
  }
  const { min, max } = scale;
  const origin = scale.getPixelForValue(min);
  const factor = max === min ? 0 : (scale.getPixelForValue(max) - origin) / (max - min);
  return (value) => clamped(origin + (value - min) * factor);
}

function strokeCurve(ctx: CanvasRenderingContext2D, x: Float64Array, y: Float64Array, place: Place): void {
  ctx.beginPath();
  let isOpen = false;
  for (let at = 0; at < x.length; at++) {
    const value = y[at] ?? Number.NaN;
    // Only of a finite number this is zero.
    const [left, top] = value - value === 0 ? [place.x(x[at] ?? Number.NaN), place.y(value)] : [Number.NaN, Number.NaN];
    if (Number.isNaN(left) || Number.isNaN(top)) isOpen = false;
    else if (isOpen) ctx.lineTo(left, top);
    else {
      ctx.moveTo(left, top);
      isOpen = true;
    }
  }
  ctx.stroke();
}

function fillBand(
  ctx: CanvasRenderingContext2D,
  x: Float64Array,
  low: Float64Array,
  high: Float64Array,
  place: Place,
): void {
  for (let start = 0; start < x.length; start++) {
    if (Number.isNaN(low[start])) continue;
    let end = start;
    while (end + 1 < x.length && !Number.isNaN(low[end + 1])) end++;
    ctx.beginPath();
    for (let at = start; at <= end; at++) ctx.lineTo(place.x(x[at] ?? 0), place.y(high[at] ?? 0));
    for (let at = end; at >= start; at--) ctx.lineTo(place.x(x[at] ?? 0), place.y(low[at] ?? 0));
    ctx.fill();
    start = end;
  }
}

/** Dots, where points are few, and where one stands alone, which makes no line. */
function markPoints(ctx: CanvasRenderingContext2D, { x, y }: Curve, place: Place, scale: Scale): void {
  const isSparse = scale.width / Math.max(1, visibleCount(x, scale)) >= SPARSE;
  for (let at = 0; at < x.length; at++) {
    if (Number.isNaN(y[at])) continue;
    const isAlone = Number.isNaN(y[at - 1] ?? Number.NaN) && Number.isNaN(y[at + 1] ?? Number.NaN);
    if (!isSparse && !isAlone) continue;
    ctx.beginPath();
    ctx.arc(place.x(x[at] ?? 0), place.y(y[at] ?? 0), isAlone ? 3 : 2, 0, 2 * Math.PI);
    ctx.fill();
  }
}

function visibleCount(x: Float64Array, { min, max }: Scale): number {
  let count = 0;
  for (const value of x) if (value >= min && value <= max) count++;
  return count;
}

/** What cannot be drawn is told: a cross at the bottom for NaN, triangles at the edges for the infinities. */
function markGaps(
  ctx: CanvasRenderingContext2D,
  { x, raw }: Curve,
  place: Projection,
  xScale: Scale,
  { top, bottom }: Scale,
): void {
  let next = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < raw.length; at++) {
    const value = raw[at] ?? 0;
    if (value - value === 0) continue;
    const left = place(x[at] ?? Number.NaN);
    if (!(left >= Math.max(next, xScale.left) && left <= xScale.right)) continue;
    next = left + MARK;
    ctx.beginPath();
    if (Number.isNaN(value)) {
      ctx.lineWidth = 1.25;
      ctx.moveTo(left - 3, bottom - 7);
      ctx.lineTo(left + 3, bottom - 1);
      ctx.moveTo(left + 3, bottom - 7);
      ctx.lineTo(left - 3, bottom - 1);
      ctx.stroke();
    } else {
      const [base, tip] = value > 0 ? [top + 7, top + 1] : [bottom - 7, bottom - 1];
      ctx.moveTo(left - 3, base);
      ctx.lineTo(left + 3, base);
      ctx.lineTo(left, tip);
      ctx.fill();
    }
  }
}
