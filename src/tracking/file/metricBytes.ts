import type { Metric } from '../../entities/metric.ts';
import { toDouble } from './decimal.ts';
import { parsePythonFloat } from './metricFile.ts';

const [NEWLINE, SPACE, PLUS, MINUS, POINT, ZERO, NINE, E] = [10, 32, 43, 45, 46, 48, 57, 101];
/** Digits of an integer that a number holds exactly. */
const SAFE_DIGITS = 15;
/** Digits of a value that are read as one integer. */
const HALF = 9;

/**
 * Walks over a metric file's bytes without making an object of every line. Knows the common form of a line only:
 * `timestamp value [step]` with a finite value; `parseMetricFile` knows all.
 */
export class PointBytes {
  readonly #bytes: Buffer;
  #lineEnd = -1;
  #valueStart = 0;
  #valueEnd = 0;
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
    this.start = this.#lineEnd + 1;
    return this.start < this.#bytes.length;
  }

  /** Reads the line. @returns false where it is not of the common form: then `text` has it. */
  read(): boolean {
    const bytes = this.#bytes;
    let end = this.#integerEnd(this.start);
    if (end < 0 || bytes[end] !== SPACE) return this.#skip();
    this.timestamp = this.#integer(this.start, end);
    this.#valueStart = end + 1;
    for (end = this.#valueStart; isOfNumber(bytes[end]); ) end += 1;
    this.#valueEnd = end;
    if (end === this.#valueStart) return this.#skip();
    this.step = 0;
    if (bytes[end] === SPACE) {
      const start = end + 1;
      end = this.#integerEnd(start);
      if (end < 0) return this.#skip();
      this.step = this.#integer(start, end);
    }
    if (end < bytes.length && bytes[end] !== NEWLINE) return this.#skip();
    this.#lineEnd = end;
    return true;
  }

  /** `undefined` where it is no number after all. */
  get value(): number | undefined {
    const decimal = this.#decimal();
    if (decimal !== undefined) return decimal;
    const text = this.#bytes.toString('latin1', this.#valueStart, this.#valueEnd);
    const value = Number(text);
    return Number.isNaN(value) ? parsePythonFloat(text) : value;
  }

  get text(): string {
    return this.#bytes.toString('utf8', this.start, this.#lineEnd);
  }

  /** A value without an exponent; `undefined` where it has one, or too many digits. */
  #decimal(): number | undefined {
    const bytes = this.#bytes;
    const isNegative = bytes[this.#valueStart] === MINUS;
    const start = isNegative ? this.#valueStart + 1 : this.#valueStart;
    let [high, low, digits, point, lowDigits] = [0, 0, 0, -1, 0];
    for (let at = start; at < this.#valueEnd; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === POINT && point < 0) {
        point = at;
        continue;
      }
      if (byte < ZERO || byte > NINE) return undefined;
      if (digits > 0 || byte !== ZERO) digits += 1;
      if (digits <= HALF) {
        high = 10 * high + byte - ZERO;
      } else {
        low = 10 * low + byte - ZERO;
        lowDigits += 1;
      }
    }
    const hasDigit = this.#valueEnd - start > (point < 0 ? 0 : 1);
    if (!hasDigit || digits > 2 * HALF) return undefined;
    const size = toDouble(high, low, lowDigits, point < 0 ? 0 : this.#valueEnd - point - 1);
    return size === undefined || !isNegative ? size : -size;
  }

  #skip(): false {
    const end = this.#bytes.indexOf(NEWLINE, this.start);
    this.#lineEnd = end < 0 ? this.#bytes.length : end;
    return false;
  }

  /** @returns where the digits from `at` on end, a minus before them allowed; -1 where there are none or too many. */
  #integerEnd(at: number): number {
    const bytes = this.#bytes;
    const first = bytes[at] === MINUS ? at + 1 : at;
    let end = first;
    for (let digit = bytes[end] ?? 0; digit >= ZERO && digit <= NINE; digit = bytes[end] ?? 0) end += 1;
    return end === first || end - first > SAFE_DIGITS ? -1 : end;
  }

  #integer(start: number, end: number): number {
    const isNegative = this.#bytes[start] === MINUS;
    let value = 0;
    for (let at = isNegative ? start + 1 : start; at < end; at++) value = 10 * value + (this.#bytes[at] ?? 0) - ZERO;
    return isNegative && value !== 0 ? -value : value;
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
