type Value = string | number | bigint | undefined;

/** A line of RFC 4180 with its end. */
export function csvLine(values: readonly Value[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}

function csvField(value: Value): string {
  const text = harmless(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A text that a spreadsheet does not take for a formula: one that begins like a formula gets an apostrophe before it
 * (OWASP, CSV injection). Numbers stay numbers, whatever their sign.
 */
export function harmless(value: Value): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const isNumber = value.trim() !== '' && !Number.isNaN(Number(value));
  return !isNumber && /^\s*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
