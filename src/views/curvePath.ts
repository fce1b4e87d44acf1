/** A curve to draw; the arrays have one entry a point. */
export interface Curve {
  readonly steps: Float64Array;
  /** NaN and infinities are gaps. */
  readonly values: Float64Array;
}

/** What is drawn where (px). */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Extent {
  readonly min: number;
  readonly max: number;
}

/** The least and the greatest of finite numbers; `undefined` where there is none. */
export function extentOf(arrays: readonly Float64Array[]): Extent | undefined {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const array of arrays) {
    for (const value of array) {
      if (!Number.isFinite(value)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return min <= max ? { min, max } : undefined;
}

/** The `d` of an SVG path: a line from point to point, broken at gaps; one point alone is a short line. */
export function curvePath({ steps, values }: Curve, frame: Frame, x: Extent, y: Extent): string {
  const across = (step: number) => frame.x + frame.width * share(step, x);
  const down = (value: number) => frame.y + frame.height * (1 - share(value, y));
  let path = '';
  let isOpen = false;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? Number.NaN;
    if (Number.isFinite(value)) {
      path += `${isOpen ? 'L' : 'M'}${round(across(steps[at] ?? 0))} ${round(down(value))}`;
      const isAlone = !isOpen && !Number.isFinite(values[at + 1] ?? Number.NaN);
      if (isAlone) path += 'h1.5';
    }
    isOpen = Number.isFinite(value);
  }
  return path;
}

/** A number's place between two others; the middle where these are equal. */
function share(value: number, { min, max }: Extent): number {
  // Halves, so that the difference of the largest numbers is still one.
  const span = max / 2 - min / 2;
  return span > 0 ? (value / 2 - min / 2) / span : 0.5;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
