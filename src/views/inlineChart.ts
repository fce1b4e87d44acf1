import { isLessBetter } from './betterValue.ts';
import { type Curve, curvePath, extentOf, type Frame } from './curvePath.ts';
import { formatNumber } from './formatNumber.ts';

/** One run's curve of a metric, as it is drawn beside code. */
export interface RunCurve extends Curve {
  readonly runName: string;
  /** CSS colour. */
  readonly color: string;
  /** Of all its points. */
  readonly last: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** px: the height is that of a line's letters, so that no line grows. */
const SMALL = { width: 64, height: 14 };
const LARGE = { width: 320, height: 160 };
/** Neither on white nor on black hard to read. */
const GREY = '#8a8a8a';

/** A small picture of the latest runs of one metric, the first of them on top. @returns SVG; none without a point */
export function inlineChart(curves: readonly RunCurve[]): string | undefined {
  const frame = { x: 1, y: 1.5, width: SMALL.width - 3, height: SMALL.height - 3 };
  const paths = pathsOf(curves, frame, { width: 1.3, older: 0.4 });
  return paths && svg(SMALL, paths);
}

/** The same with axes, for hovers. */
export function hoverChart(curves: readonly RunCurve[]): string | undefined {
  const [x, y] = [extentOf(curves.map(({ steps }) => steps)), extentOf(curves.map(({ values }) => values))];
  const frame = { x: 58, y: 8, width: LARGE.width - 68, height: LARGE.height - 32 };
  const paths = pathsOf(curves, frame, { width: 1.5, older: 0.6 });
  if (!paths || !x || !y) return undefined;
  const bottom = frame.y + frame.height;
  const right = frame.x + frame.width;
  const label = (text: string, at: number, down: number, anchor: 'start' | 'end') =>
    `<text x="${at}" y="${down}" fill="${GREY}" font-family="sans-serif" font-size="11" text-anchor="${anchor}">${text}</text>`;
  return svg(
    LARGE,
    `<path d="M${frame.x} ${frame.y}V${bottom + 3}M${frame.x - 3} ${bottom}H${right}" fill="none" stroke="${GREY}" stroke-opacity="0.6"/>` +
      label(formatNumber(y.max), frame.x - 5, frame.y + 8, 'end') +
      label(formatNumber(y.min), frame.x - 5, bottom, 'end') +
      label(formatNumber(x.min), frame.x, bottom + 16, 'start') +
      label(`step ${formatNumber(x.max)}`, right, bottom + 16, 'end') +
      paths,
  );
}

/** What stands beside the picture: `0.713 · best 0.701`. */
export function inlineText(key: string, curves: readonly RunCurve[]): string {
  const [latest] = curves;
  const last = latest?.last;
  if (!latest || last === undefined) return latest && latest.values.length > 0 ? 'no number' : '';
  const best = bestOf(key, curves);
  return best === undefined || best === last
    ? formatNumber(last)
    : `${formatNumber(last)} · best ${formatNumber(best)}`;
}

/** The best value of these runs. */
export function bestOf(key: string, curves: readonly RunCurve[]): number | undefined {
  const less = isLessBetter(key, curves[0]?.values ?? new Float64Array());
  const candidates = curves.flatMap(({ min, max }) => (less ? min : max) ?? []);
  if (candidates.length === 0) return undefined;
  return less ? Math.min(...candidates) : Math.max(...candidates);
}

/** Older runs are drawn first, and fainter. */
function pathsOf(
  curves: readonly RunCurve[],
  frame: Frame,
  { width, older }: { readonly width: number; readonly older: number },
): string | undefined {
  const [x, y] = [extentOf(curves.map(({ steps }) => steps)), extentOf(curves.map(({ values }) => values))];
  if (!x || !y) return undefined;
  return curves
    .map((curve, age) => {
      const opacity = age === 0 ? 1 : older;
      const path = curvePath(curve, frame, x, y);
      return `<path d="${path}" fill="none" stroke="${curve.color}" stroke-width="${width}" stroke-opacity="${opacity}" stroke-linejoin="round"/>`;
    })
    .reverse()
    .join('');
}

function svg({ width, height }: { readonly width: number; readonly height: number }, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`;
}

/** An address of a picture that holds the picture itself. */
export function svgUri(picture: string): string {
  return `data:image/svg+xml,${encodeURIComponent(picture)}`;
}
