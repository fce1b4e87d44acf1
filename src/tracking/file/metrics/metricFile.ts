import { parseInt64 } from '../../../entities/int64.ts';
import type { LoggedModelMetric } from '../../../entities/loggedModel.ts';
import { compareRecency, type Metric } from '../../../entities/metric.ts';

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

const FLOAT = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

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
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e16) return Number.isInteger(value) ? `${value}.0` : String(value);
  // Python writes an exponent here, with at least two digits; JavaScript only from 1e21 and below 1e-6.
  const [mantissa, exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
