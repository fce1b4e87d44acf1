import type { Curve } from './curve.ts';

/** The middle of some curves, and how far they reach: one entry a place. */
export interface Band extends Pick<Curve, 'x' | 'y'> {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Places of curves that do not have theirs in common: one a pixel of a usual card. */
const PLACES = 400;

/**
 * Mean, minimum and maximum of curves: at their own places where all have the same, else at places of equal distance,
 * between which no extreme is lost. A curve counts from its first to its last point.
 */
export function bandOf(curves: readonly Curve[]): Band {
  const [first] = curves;
  if (!first) return emptyBand(new Float64Array());
  const haveSame = curves.every(
    ({ x }) => x.length === first.x.length && x.every((value, at) => value === first.x[at]),
  );
  return haveSame ? atOwnPlaces(first.x, curves) : atEqualDistances(curves);
}

function atOwnPlaces(x: Float64Array, curves: readonly Curve[]): Band {
  const band = emptyBand(x);
  for (let at = 0; at < x.length; at++) {
    put(
      band,
      at,
      curves.map(({ y }) => y[at] ?? Number.NaN),
    );
  }
  return band;
}

function put(band: Band, at: number, values: readonly number[]): void {
  const numbers = values.filter((value) => !Number.isNaN(value));
  if (numbers.length === 0) return;
  band.y[at] = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  band.low[at] = Math.min(...numbers);
  band.high[at] = Math.max(...numbers);
}

function atEqualDistances(curves: readonly Curve[]): Band {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x } of curves) {
    for (const value of x) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  if (!(max > min)) return atOwnPlaces(Float64Array.of(min), curves);
  const distance = (max - min) / (PLACES - 1);
  const band = emptyBand(Float64Array.from({ length: PLACES }, (_, at) => min + at * distance));
  const sums = new Float64Array(PLACES);
  const counts = new Float64Array(PLACES);
  for (const one of curves) {
    const sampled = sample(one, band.x);
    sampled.forEach((value, at) => {
      if (Number.isNaN(value)) return;
      sums[at] = (sums[at] ?? 0) + value;
      counts[at] = (counts[at] ?? 0) + 1;
      widen(band, at, value);
    });
    // Peaks between two places belong to the nearer one.
    one.y.forEach((value, at) => {
      if (!Number.isNaN(value)) widen(band, Math.round(((one.x[at] ?? min) - min) / distance), value);
    });
  }
  for (let at = 0; at < PLACES; at++) if (counts[at]) band.y[at] = (sums[at] ?? 0) / (counts[at] ?? 1);
  return band;
}

function widen({ low, high }: Band, at: number, value: number): void {
  if (!(value >= (low[at] ?? 0))) low[at] = value;
  if (!(value <= (high[at] ?? 0))) high[at] = value;
}

/** A curve's values at ascending places, on straight lines between its points; NaN outside of them. */
function sample({ x, y }: Curve, places: Float64Array): Float64Array {
  const order = [...x.keys()].filter((at) => !Number.isNaN(y[at]) && !Number.isNaN(x[at]));
  order.sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0));
  let at = 0;
  return places.map((place) => {
    while (at < order.length && (x[order[at] ?? 0] ?? 0) < place) at++;
    const [before, after] = [order[at - 1], order[at]];
    if (after === undefined) return Number.NaN;
    const [right, up] = [x[after] ?? 0, y[after] ?? 0];
    if (right === place) return up;
    if (before === undefined) return Number.NaN;
    const [left, down] = [x[before] ?? 0, y[before] ?? 0];
    return down + ((up - down) * (place - left)) / (right - left);
  });
}

function emptyBand(x: Float64Array): Band {
  const nothing = () => new Float64Array(x.length).fill(Number.NaN);
  return { x, y: nothing(), low: nothing(), high: nothing() };
}
