import type { Metric } from '../../../entities/metric.ts';
import { toDouble } from './decimal.ts';
import { parsePythonFloat } from './metricFile.ts';

const [NEWLINE, SPACE, PLUS, MINUS, POINT, ZERO, NINE, E] = [10, 32, 43, 45, 46, 48, 57, 101];
/** Digits of an integer that a number holds exactly. */
const SAFE_DIGITS = 15;
/** Digits that are read as one integer: as many as fit into 32 bits, since numbers with a point take much longer. */
const HALF = 9;

/**
 * Walks over a metric file's bytes without making an object of every line, and looks at each byte once. Knows the common
 * form of a line only: `timestamp value [step]` with a finite value; `parseMetricFile` knows all.
 */
export class PointBytes {
  readonly #bytes: Buffer;
  /** Where what was read last ends. */
  #end = -1;
  #valueStart = 0;
  #valueEnd = 0;
  /** Whether the value is a plain decimal of not too many digits; then these, as two integers. */
  #isPlain = false;
  #high = 0;
  #low = 0;
  #lowDigits = 0;
  #fraction = 0;
  /** Where the line begins. */
  start = 0;
  /** ms since the epoch. */
  timestamp = 0;
  step = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Goes to the next line. @returns false behind the last one. */
  next(): boolean {
    this.start = this.#end + 1;
    return this.start < this.#bytes.length;
  }

  /** Reads the line. @returns false where it is not of the common form: then `text` has it. */
  read(): boolean {
    const bytes = this.#bytes;
    this.timestamp = this.#readInteger(this.start);
    if (Number.isNaN(this.timestamp) || bytes[this.#end] !== SPACE) return this.#skip();
    this.#readValue(this.#end + 1);
    if (this.#valueEnd === this.#valueStart) return this.#skip();
    this.step = 0;
    if (bytes[this.#end] === SPACE) {
      this.step = this.#readInteger(this.#end + 1);
      if (Number.isNaN(this.step)) return this.#skip();
    }
    return this.#end >= bytes.length || bytes[this.#end] === NEWLINE || this.#skip();
  }

  /** `undefined` where it is no number after all. */
  get value(): number | undefined {
    if (this.#isPlain) {
      const size = toDouble(this.#high, this.#low, this.#lowDigits, this.#fraction);
      if (size !== undefined) return this.#bytes[this.#valueStart] === MINUS ? -size : size;
    }
    const text = this.#bytes.toString('latin1', this.#valueStart, this.#valueEnd);
    const value = Number(text);
    return Number.isNaN(value) ? parsePythonFloat(text) : value;
  }

  get text(): string {
    return this.#bytes.toString('utf8', this.start, this.#end);
  }

  #skip(): false {
    const end = this.#bytes.indexOf(NEWLINE, this.start);
    this.#end = end < 0 ? this.#bytes.length : end;
    return false;
  }

  /** Reads digits, a minus before them allowed. @returns NaN where there are none or too many. */
  #readInteger(start: number): number {
    const bytes = this.#bytes;
    const isNegative = bytes[start] === MINUS;
    const first = isNegative ? start + 1 : start;
    const limit = Math.min(bytes.length, first + SAFE_DIGITS + 1);
    let value = 0;
    let at = first;
    for (; at < limit; at++) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) break;
      value = 10 * value + digit;
    }
    this.#end = at;
    if (at === first || at - first > SAFE_DIGITS) return Number.NaN;
    return isNegative && value !== 0 ? -value : value;
  }

  #readValue(start: number): void {
    const bytes = this.#bytes;
    const { length } = bytes;
    let high = 0;
    let low = 0;
    let digits = 0;
    let lowDigits = 0;
    let point = -1;
    let at = bytes[start] === MINUS ? start + 1 : start;
    const first = at;
    for (; at < length; at++) {
      const byte = bytes[at] ?? 0;
      const digit = byte - ZERO;
      if (digit < 0 || digit > 9) {
        if (byte !== POINT || point >= 0) break;
        point = at;
      } else if (digits < HALF) {
        high = 10 * high + digit;
        if (high > 0) digits += 1;
      } else {
        low = 10 * low + digit;
        lowDigits += 1;
        if (lowDigits > HALF) break;
      }
    }
    const isPlain = at - first > (point < 0 ? 0 : 1) && lowDigits <= HALF && !isOfNumber(bytes[at]);
    if (!isPlain) while (isOfNumber(bytes[at])) at += 1;
    this.#high = high;
    this.#low = low;
    this.#lowDigits = lowDigits;
    this.#isPlain = isPlain;
    this.#fraction = point < 0 ? 0 : at - point - 1;
    this.#valueStart = start;
    this.#valueEnd = at;
    this.#end = at;
  }
}

/** Whether a byte can be of a finite number: a digit, a point, a sign, an exponent. */
function isOfNumber(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= ZERO && byte <= NINE) || byte === POINT || byte === MINUS || byte === PLUS || (byte | 32) === E;
}

/**
 * The latest point of a metric file.
 * @returns `undefined` where a line is not of the common form or two lines are equally late: then `parseMetricFile` knows.
 */
export function findLatest(key: string, bytes: Buffer): Metric | undefined {
  const point = new PointBytes(bytes);
  let latest: { step: number; timestamp: number; start: number } | undefined;
  while (point.next()) {
    if (!point.read()) return undefined;
    const { step, timestamp, start } = point;
    if (latest && step === latest.step && timestamp === latest.timestamp) return undefined;
    if (!latest) latest = { step, timestamp, start };
    else if (step > latest.step || (step === latest.step && timestamp > latest.timestamp)) {
      [latest.step, latest.timestamp, latest.start] = [step, timestamp, start];
    }
  }
  if (!latest) return undefined;
  const found = new PointBytes(bytes.subarray(latest.start));
  found.next();
  found.read();
  const { value } = found;
  return value === undefined ? undefined : { key, value, timestamp: latest.timestamp, step: latest.step };
}
