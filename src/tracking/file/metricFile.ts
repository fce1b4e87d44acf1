import { parseInt64 } from '../../entities/int64.ts';
import type { LoggedModelMetric } from '../../entities/loggedModel.ts';
import { compareRecency, type Metric } from '../../entities/metric.ts';

/** The points of a metric file in the order of logging, and the lines that are none. */
export interface MetricFile {
  readonly points: readonly Metric[];
  /** Numbers of the lines that could not be read, from 1. */
  readonly broken: readonly number[];
}

/**
 * Reads the text of `metrics/<key>`: one `timestamp value [step [dataset name, dataset digest]]` a line. The step counts
 * also where a dataset follows it, which MLflow's own reader overlooks.
 */
export function parseMetricFile(key: string, text: string): MetricFile {
  return parseLines(text, (fields) => {
    const [timestamp, value] = [parseInt64(fields[0] ?? ''), parsePythonFloat(fields[1] ?? '')];
    const step = fields.length > 2 ? parseInt64(fields[2] ?? '') : 0;
    if (timestamp === undefined || value === undefined || step === undefined) return undefined;
    if (fields.length < 2 || fields.length === 4) return undefined;
    const dataset =
      fields.length > 4 ? { datasetName: fields.slice(3, -1).join(' '), datasetDigest: fields.at(-1) } : undefined;
    return { key, value, timestamp, step, ...dataset };
  });
}

const [NEWLINE, SPACE, MINUS, POINT, ZERO, NINE] = [10, 32, 45, 46, 48, 57];
/** Digits of an integer that a number holds exactly. */
const SAFE_DIGITS = 15;

/**
 * The latest point of a metric file's bytes without making an object of every line.
 * @returns `undefined` where a line is not of the common form or two lines are equally late: then `parseMetricFile` knows.
 */
export function findLatest(key: string, bytes: Uint8Array): Metric | undefined {
  let [found, bestStep, bestTimestamp, valueStart, valueEnd] = [false, 0, 0, 0, 0];
  for (let at = 0; at < bytes.length; ) {
    // The timestamp.
    let end = digitsEnd(bytes, at);
    if (end < 0 || bytes[end] !== SPACE) return undefined;
    const timestamp = integerIn(bytes, at, end);
    // The value.
    const start = end + 1;
    for (end = start; isOfNumber(bytes[end]); ) end += 1;
    if (end === start) return undefined;
    // The step, where there is one.
    let step = 0;
    let lineEnd = end;
    if (bytes[end] === SPACE) {
      lineEnd = digitsEnd(bytes, end + 1);
      if (lineEnd < 0) return undefined;
      step = integerIn(bytes, end + 1, lineEnd);
    }
    if (lineEnd < bytes.length && bytes[lineEnd] !== NEWLINE) return undefined;
    if (found && step === bestStep && timestamp === bestTimestamp) return undefined;
    if (!found || step > bestStep || (step === bestStep && timestamp > bestTimestamp)) {
      [found, bestStep, bestTimestamp, valueStart, valueEnd] = [true, step, timestamp, start, end];
    }
    at = lineEnd + 1;
  }
  const value = found
    ? parsePythonFloat(
        Buffer.from(bytes.buffer, bytes.byteOffset + valueStart, valueEnd - valueStart).toString('latin1'),
      )
    : undefined;
  return value === undefined ? undefined : { key, value, timestamp: bestTimestamp, step: bestStep };
}

/** @returns where the digits from `at` on end, a minus before them allowed; -1 where there are none or too many. */
function digitsEnd(bytes: Uint8Array, at: number): number {
  const first = bytes[at] === MINUS ? at + 1 : at;
  let end = first;
  for (let digit = bytes[end] ?? 0; digit >= ZERO && digit <= NINE; digit = bytes[end] ?? 0) end += 1;
  return end === first || end - first > SAFE_DIGITS ? -1 : end;
}

function integerIn(bytes: Uint8Array, start: number, end: number): number {
  const isNegative = bytes[start] === MINUS;
  let value = 0;
  for (let at = isNegative ? start + 1 : start; at < end; at++) value = 10 * value + (bytes[at] ?? 0) - ZERO;
  return isNegative && value !== 0 ? -value : value;
}

/** Whether a byte can be of a finite number: a digit, a point, a sign, an exponent. */
function isOfNumber(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= ZERO && byte <= NINE) || byte === POINT || byte === MINUS || byte === 0x2b || (byte | 0x20) === 0x65;
}

/** Reads the text of a logged model's metric: `timestamp value step run_id [dataset name, dataset digest]` a line. */
export function parseModelMetricFile(key: string, text: string): readonly LoggedModelMetric[] {
  const { points } = parseLines(text, (fields) => {
    const [timestamp, value, step] = [
      parseInt64(fields[0] ?? ''),
      parsePythonFloat(fields[1] ?? ''),
      parseInt64(fields[2] ?? ''),
    ];
    const runId = fields[3];
    if (timestamp === undefined || value === undefined || step === undefined || !runId) return undefined;
    const dataset =
      fields.length > 5 ? { datasetName: fields.slice(4, -1).join(' '), datasetDigest: fields.at(-1) } : undefined;
    return { key, value, timestamp, step, runId, ...dataset };
  });
  return points;
}

function parseLines<T>(text: string, parse: (fields: string[]) => T | undefined): { points: T[]; broken: number[] } {
  const points: T[] = [];
  const broken: number[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    const trimmed = line.trim();
    if (trimmed === '') continue;
    const point = parse(trimmed.split(' '));
    if (point === undefined) broken.push(at + 1);
    else points.push(point);
  }
  return { points, broken };
}

/** What to tell of lines that could not be read. */
export function describeBroken(broken: readonly number[]): string {
  const lines = broken.length === 1 ? `line ${broken[0]} is` : `${broken.length} lines (from ${broken[0]} on) are`;
  return `${lines} no metric; the other points are shown`;
}

export function latestPoint(points: readonly Metric[]): Metric | undefined {
  let latest = points[0];
  for (const point of points) if (latest && compareRecency(point, latest) > 0) latest = point;
  return latest;
}

/** One line in the form that every MLflow version reads with the right step. */
export function formatMetricLine({ timestamp, value, step }: Metric): string {
  return `${timestamp} ${formatPythonFloat(value)} ${step}\n`;
}

export function formatModelMetricLine(metric: Metric, runId: string): string {
  const dataset = metric.datasetName && metric.datasetDigest ? ` ${metric.datasetName} ${metric.datasetDigest}` : '';
  return `${metric.timestamp} ${formatPythonFloat(metric.value)} ${metric.step} ${runId}${dataset}\n`;
}

const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** What Python's `float(text)` gives, for the texts that its `repr` writes. */
export function parsePythonFloat(text: string): number | undefined {
  if (FLOAT.test(text)) return Number(text);
  const special = /^([+-]?)(nan|inf(?:inity)?)$/i.exec(text);
  if (!special?.[2]) return undefined;
  return special[2].toLowerCase() === 'nan' ? Number.NaN : special[1] === '-' ? -Infinity : Infinity;
}

/** As Python's `repr(float)`: `3.0`, `1e-07`, `1e+300`, `nan`, `inf`. */
export function formatPythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  // Python writes an exponent from 1e16 on and below 1e-4, with at least two digits; JavaScript only from 1e21 and below 1e-6.
  if (value !== 0 && (power < -4 || power >= 16)) {
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const plain = String(value);
  return plain.includes('.') ? plain : `${plain}.0`;
}
