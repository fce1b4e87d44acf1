/** A number one up or down in its last digit, as arrow keys change it: `0.05` → `0.06`; `undefined` for other texts. */
export function stepNumber(text: string, direction: 1 | -1): string | undefined {
  const digits = /^[+-]?\d+(?:\.(\d+))?$/.exec(text.trim());
  if (!digits) return undefined;
  const places = digits[1]?.length ?? 0;
  return (Number(text) + direction * 10 ** -places).toFixed(places);
}
