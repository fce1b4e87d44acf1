import { type Curve, curvePath, extentOf } from '../curvePath.ts';
import { type RunColor, runColor } from '../runColor.ts';

/** Of the picture (px), with room for the width of a line. */
export const [CURVE_WIDTH, CURVE_HEIGHT] = [120, 20];

/** The curves of several runs over each other. */
export interface ComparedCurve {
  readonly key: string;
  readonly lines: readonly CurveLine[];
}

export interface CurveLine {
  /** The `d` of an SVG path. */
  readonly path: string;
  readonly color: string;
  readonly dash: readonly number[];
}

/**
 * All of them in the same axes.
 * @param curves run id → its points; the last ones are drawn below the others
 * @param looks of the runs of the screen, by id
 */
export function comparedCurve(
  key: string,
  curves: ReadonlyMap<string, Curve>,
  looks: ReadonlyMap<string, RunColor> = new Map(),
): ComparedCurve {
  const all = [...curves.values()];
  const [x, y] = [extentOf(all.map(({ steps }) => steps)), extentOf(all.map(({ values }) => values))];
  if (!x || !y) return { key, lines: [] };
  const frame = { x: 1, y: 2, width: CURVE_WIDTH - 2, height: CURVE_HEIGHT - 4 };
  // Of single points there is nothing to see.
  if (all.every(({ values }) => values.filter(Number.isFinite).length < 2)) return { key, lines: [] };
  const lines = [...curves].map(([runId, curve]): CurveLine => {
    return { path: curvePath(curve, frame, x, y), ...(looks.get(runId) ?? runColor(runId)) };
  });
  // The baseline, which comes first, is drawn last: above the others.
  return { key, lines: lines.filter(({ path }) => path !== '').reverse() };
}
