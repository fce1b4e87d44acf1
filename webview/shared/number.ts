/** A value as the tables and charts show it, in 4 significant digits. */
export function shortNumber(value: number | undefined): string {
  if (value === undefined) return '—';
  const size = Math.abs(value);
  if (size < 1e6 && Number.isInteger(value)) return String(value);
  if (size >= 1e6 || size < 1e-4)
    return value
      .toExponential(3)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e');
  return String(Number(value.toPrecision(4)));
}

/** A count with commas between its thousands. `toLocaleString` takes 10 ms the first time, which a first paint has not. */
export function countText(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}
