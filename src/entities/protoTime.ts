/**
 * Times and durations as protobuf's JSON writes them: RFC 3339 texts and seconds with an `s`. MLflow uses them in trace
 * messages and files, and milliseconds everywhere else.
 */

const TIMESTAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/i;
const DURATION = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?s$/;
/** ms of the years 1 and 9999, between which protobuf's timestamps lie. */
const [FIRST, LAST] = [-62_135_596_800_000, 253_402_300_799_999];

/** @param time ms since the epoch. */
export function formatTimestamp(time: number): string {
  return new Date(Math.min(Math.max(time, FIRST), LAST)).toISOString().replace('.000Z', 'Z');
}

/** @returns ms since the epoch; `undefined` where the text is no time. */
export function parseTimestamp(text: string): number | undefined {
  const match = TIMESTAMP.exec(text);
  if (!match) return undefined;
  const [, dateTime, fraction = '', zone = 'Z'] = match;
  const time = Date.parse(`${dateTime}.${fraction.padEnd(3, '0').slice(0, 3)}${zone}`.toUpperCase());
  return time >= FIRST && time <= LAST ? time : undefined;
}

/** @param duration ms */
export function formatDuration(duration: number): string {
  const size = Math.abs(Math.trunc(duration));
  const fraction = size % 1_000 === 0 ? '' : `.${String(size % 1_000).padStart(3, '0')}`;
  return `${duration < 0 ? '-' : ''}${Math.floor(size / 1_000)}${fraction}s`;
}

/** @returns ms; `undefined` where the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (!match) return undefined;
  const [, sign, seconds, fraction = ''] = match;
  const size = Number(seconds) * 1_000 + Number(fraction.padEnd(3, '0').slice(0, 3));
  return sign ? -size : size;
}
