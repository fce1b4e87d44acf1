/** From low to high; each has a contrast of 3:1 or more on light and on dark (see the palette of runs). */
const STOPS = [
  [59, 130, 214],
  [149, 100, 203],
  [208, 74, 92],
  [194, 102, 10],
] as const;

/** Number → CSS colour, by its place between the least and the greatest of `numbers`; undefined for no number. */
export function scaleColor(numbers: Float64Array): (value: number) => string | undefined {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) {
    if (!Number.isFinite(number)) continue;
    if (number < min) min = number;
    if (number > max) max = number;
  }
  return (value) => {
    if (!Number.isFinite(value)) return undefined;
    const part = max > min ? ((value - min) / (max - min)) * (STOPS.length - 1) : 0;
    const at = Math.min(Math.floor(part), STOPS.length - 2);
    const [from, to] = [STOPS[at] ?? STOPS[0], STOPS[at + 1] ?? STOPS[0]];
    const mixed = from.map((channel, place) => Math.round(channel + ((to[place] ?? 0) - channel) * (part - at)));
    return `rgb(${mixed.join(', ')})`;
  };
}
