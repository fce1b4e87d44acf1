/** A point of a curve; a `y` of NaN is a gap. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/**
 * Thins a curve out for drawing: of every stretch the lowest and the highest point stay, in their order, and the first
 * and last of all, so that no extreme disappears and every zoom of the whole looks like the whole. A stretch with a gap
 * keeps one point of it.
 * @param limit largest number of points that come back, at least 4
 */
export function decimate<T extends CurvePoint>(points: readonly T[], limit: number): readonly T[] {
  if (points.length <= limit) return points;
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return points;
  // Up to three points come from a stretch: lowest, highest and one of a gap.
  const stretches = Math.max(1, Math.floor((limit - 2) / 3));
  const inner = points.length - 2;
  const kept: T[] = [first];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = 1 + Math.floor((stretch * inner) / stretches);
    const to = 1 + Math.floor(((stretch + 1) * inner) / stretches);
    kept.push(...extremes(points, from, to));
  }
  kept.push(last);
  return kept;
}

function extremes<T extends CurvePoint>(points: readonly T[], from: number, to: number): T[] {
  let [lowest, highest, gap] = [-1, -1, -1];
  for (let at = from; at < to; at++) {
    const y = points[at]?.y ?? Number.NaN;
    if (Number.isNaN(y)) gap = at;
    else {
      if (lowest < 0 || y < (points[lowest]?.y ?? 0)) lowest = at;
      if (highest < 0 || y > (points[highest]?.y ?? 0)) highest = at;
    }
  }
  const kept = [...new Set([lowest, highest, gap])].filter((at) => at >= 0).sort((a, b) => a - b);
  return kept.flatMap((at) => points[at] ?? []);
}
