const BARS = '▁▂▃▄▅▆▇█';
const MIDDLE = '▄';
/** In the place of values that are no numbers. */
const GAP = '·';

/**
 * A curve as a few letters, for rows of text: each stands for the mean of its part of the values.
 * @returns none with fewer than two numbers
 */
export function sparkline(values: ArrayLike<number>, width = 8): string | undefined {
  const means = meansOf(values, Math.min(width, values.length));
  const numbers = means.filter(Number.isFinite);
  if (numbers.length < 2) return undefined;
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  // Halves, since the distance between the ends of doubles is none.
  const range = high / 2 - low / 2;
  const bar = (mean: number) => {
    if (!Number.isFinite(mean)) return GAP;
    if (range === 0) return MIDDLE;
    return BARS[Math.min(BARS.length - 1, Math.floor(((mean / 2 - low / 2) / range) * BARS.length))] ?? GAP;
  };
  return means.map(bar).join('');
}

/** Of the numbers of each part; NaN where a part has none. */
function meansOf(values: ArrayLike<number>, parts: number): readonly number[] {
  return Array.from({ length: parts }, (_, part) => {
    const end = Math.floor(((part + 1) * values.length) / parts);
    let [mean, count] = [0, 0];
    for (let at = Math.floor((part * values.length) / parts); at < end; at++) {
      const value = values[at] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      count += 1;
      // A sum of large numbers would be infinite.
      mean += value / count - mean / count;
    }
    return count === 0 ? Number.NaN : mean;
  });
}
