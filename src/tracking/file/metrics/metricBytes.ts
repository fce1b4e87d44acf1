import { toDouble } from './decimal.ts';
import { areFourDigits, fourDigits } from './digits.ts';
import { parseMetricFile, parsePythonFloat } from './metricFile.ts';
import type { PointColumns } from './pointColumns.ts';

const [NEWLINE, SPACE, PLUS, MINUS, POINT, ZERO, NINE, E] = [10, 32, 43, 45, 46, 48, 57, 101];
/** Digits of an integer that a number holds exactly. */
const SAFE_DIGITS = 15;
/** A value's first digits are one integer up to here: it holds four more exactly. The digits behind are another one. */
const [HIGH, HIGHEST] = [1e11, 1e15];
const LOW_DIGITS = 8;

/**
 * Reads the lines of a metric file's bytes from a place on, up to their end or until there are so many points. Lines
 * that are no points are left out.
 * @returns where the next line begins
 */
export function readLines(bytes: Buffer, from: number, points: PointColumns, most = points.room): number {
  for (let start = from; ; ) {
    start = readPoints(bytes, start, points, most);
    if (start >= bytes.length || points.count === most) return start;
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    const [metric] = parseMetricFile('', bytes.toString('utf8', start, end)).points;
    if (metric) points.push(Number(metric.step), Number(metric.timestamp), metric.value);
    start = end + 1;
  }
}

/**
 * The same for lines of the common form only, `timestamp value [step]` with a finite value; `parseMetricFile` knows all.
 * One function and no object for a line: calls take as long here as reading.
 * @returns where the next line begins, which is of another form where it is not the end and there are fewer points
 */
export function readPoints(bytes: Buffer, from: number, points: PointColumns, most = points.room): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { steps, timestamps, values } = points;
  const { length } = bytes;
  // Asking the view for its length takes longer than reading four digits.
  const lastFour = length - 4;
  let count = points.count;
  let start = from;
  for (; start < length && count < most; count++) {
    let at = start;
    let timestamp = 0;
    for (; at <= lastFour && at - start <= SAFE_DIGITS - 4; at += 4) {
      const four = fourDigits(view, at);
      if (four < 0) break;
      timestamp = 10_000 * timestamp + four;
    }
    for (; at < length; at++) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) break;
      timestamp = 10 * timestamp + digit;
    }
    if (at === start || at - start > SAFE_DIGITS || bytes[at] !== SPACE) break;

    const text = at + 1;
    const isNegative = bytes[text] === MINUS;
    const first = isNegative ? text + 1 : text;
    let high = 0;
    let low = 0;
    let lowDigits = 0;
    let fraction = 0;
    for (at = first; at < length; at++) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) break;
      high = 10 * high + digit;
    }
    let hasDigits = at > first;
    if (bytes[at] === POINT) {
      const point = at;
      for (at += 1; at <= lastFour && lowDigits < LOW_DIGITS; at += 4) {
        const four = fourDigits(view, at);
        if (four < 0) break;
        if (high < HIGH) high = 10_000 * high + four;
        else {
          low = 10_000 * low + four;
          lowDigits += 4;
        }
      }
      for (; at < length; at++) {
        const digit = (bytes[at] ?? 0) - ZERO;
        if (digit < 0 || digit > 9) break;
        if (high < HIGH) high = 10 * high + digit;
        else {
          low = 10 * low + digit;
          lowDigits += 1;
        }
      }
      fraction = at - point - 1;
      hasDigits ||= fraction > 0;
    }
    const isPlain = hasDigits && high < HIGHEST && lowDigits <= LOW_DIGITS && !isOfNumber(bytes[at]);
    let value = isPlain ? toDouble(high, low, lowDigits, fraction) : undefined;
    if (value === undefined) {
      while (isOfNumber(bytes[at])) at += 1;
      value = parsePythonFloat(bytes.toString('latin1', text, at));
      if (value === undefined) break;
    } else if (isNegative) {
      value = -value;
    }

    let step = 0;
    if (bytes[at] === SPACE) {
      const isBefore = bytes[at + 1] === MINUS;
      const firstOfStep = isBefore ? at + 2 : at + 1;
      for (at = firstOfStep; at < length; at++) {
        const digit = (bytes[at] ?? 0) - ZERO;
        if (digit < 0 || digit > 9) break;
        step = 10 * step + digit;
      }
      if (at === firstOfStep || at - firstOfStep > SAFE_DIGITS) break;
      if (isBefore) step = 0 - step;
    }
    if (at < length && bytes[at] !== NEWLINE) break;

    steps[count] = step;
    timestamps[count] = timestamp;
    values[count] = value;
    start = at + 1;
  }
  points.count = count;
  return start;
}

/** What `findLatestLine` tells where there is no such line. */
const [NONE, UNUSUAL] = [-1, -2];

/**
 * Looks for the latest point as `compareRecency` has it: by step, then time, then value. Values and times are looked at, and
 * made numbers only where steps do not tell: that takes most of the time of reading. One function and no object for a line,
 * as above.
 * @param bytes whole lines: a newline ends each of the loops, so that none has to look for the end of the bytes
 * @returns where its line begins; below 0 of no bytes, or where a line is of a form that `readPoints` does not know
 */
export function findLatestLine(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { length } = bytes;
  if (length > 0 && bytes[length - 1] !== NEWLINE) return UNUSUAL;
  const lastFour = length - 4;
  let latest = NONE;
  let latestStep = 0;
  for (let start = 0; start < length; ) {
    let at = start;
    while (at <= lastFour && areFourDigits(view, at)) at += 4;
    while (isDigit(bytes[at] as number)) at += 1;
    if (at === start || at - start > SAFE_DIGITS || bytes[at] !== SPACE) return UNUSUAL;

    const text = at + 1;
    const first = bytes[text] === MINUS ? text + 1 : text;
    at = first;
    while (isDigit(bytes[at] as number)) at += 1;
    let digits = at - first;
    if (bytes[at] === POINT) {
      const fraction = at + 1;
      at = fraction;
      while (at <= lastFour && areFourDigits(view, at)) at += 4;
      while (isDigit(bytes[at] as number)) at += 1;
      digits += at - fraction;
    }
    if (digits === 0 || (bytes[at] !== SPACE && bytes[at] !== NEWLINE)) {
      while (isOfNumber(bytes[at])) at += 1;
      if (parsePythonFloat(textAt(bytes, text, at)) === undefined) return UNUSUAL;
    }

    let step = 0;
    if (bytes[at] === SPACE) {
      const isBefore = bytes[at + 1] === MINUS;
      const firstOfStep = isBefore ? at + 2 : at + 1;
      for (at = firstOfStep; ; at++) {
        const digit = (bytes[at] as number) - ZERO;
        if (digit < 0 || digit > 9) break;
        step = 10 * step + digit;
      }
      if (at === firstOfStep || at - firstOfStep > SAFE_DIGITS) return UNUSUAL;
      if (isBefore) step = 0 - step;
    }
    if (bytes[at] !== NEWLINE) return UNUSUAL;

    if (latest === NONE || step > latestStep) {
      latest = start;
      latestStep = step;
    } else if (step === latestStep) {
      const later = timeAt(bytes, start) - timeAt(bytes, latest);
      if (later > 0 || (later === 0 && valueAt(bytes, start) > valueAt(bytes, latest))) latest = start;
    }
    start = at + 1;
  }
  return latest;
}

function textAt(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}

/** The finite value of the point whose line begins there. */
function valueAt(bytes: Uint8Array, start: number): number {
  const from = bytes.indexOf(SPACE, start) + 1;
  let to = from;
  while (bytes[to] !== SPACE && bytes[to] !== NEWLINE) to += 1;
  return Number(textAt(bytes, from, to));
}

/** The time of the point whose line begins there. */
function timeAt(bytes: Uint8Array, start: number): number {
  let time = 0;
  for (let at = start; ; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) return time;
    time = 10 * time + digit;
  }
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

/** Whether a byte can be of a finite number: a digit, a point, a sign, an exponent. */
function isOfNumber(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= ZERO && byte <= NINE) || byte === POINT || byte === MINUS || byte === PLUS || (byte | 32) === E;
}
