import fs from 'node:fs';
import { columnsOf, type MetricColumns, type MetricStatistics, statisticsOf } from '../../entities/metricSeries.ts';
import { unlessMissing } from '../../files/missing.ts';
import { Slices } from './index/slices.ts';
import { PointBytes } from './metricBytes.ts';
import { parseMetricFile } from './metricFile.ts';

/** bytes of columns that are kept for the next time. */
const ROOM = 64 * 1024 * 1024;
/** Points between two looks at the clock, and between two marks. */
const STRIDE = 1_000;
/** bytes before the end of what was read: where they are the same, the file was only appended to. */
const SEAM = 64;
const NEWLINE = '\n';

export interface ReadColumns {
  readonly columns: MetricColumns;
  readonly statistics: MetricStatistics;
  /** Where in the file every so many-th point begins (bytes), from the first on. */
  readonly marks: readonly number[];
}

interface Known extends ReadColumns {
  readonly size: number;
  readonly ino: number;
  readonly mtimeMs: number;
  readonly seam: Buffer;
}

/** Reads the points of metrics as columns. A file that grew is read on from where it ended. */
export class MetricColumnReader {
  readonly #known = new Map<string, Known>();
  readonly #reading = new Map<string, Promise<ReadColumns>>();

  /** No points where there is no such file. Lines that are no points are left out. */
  read(file: string): Promise<ReadColumns> {
    let reading = this.#reading.get(file);
    if (!reading) {
      reading = this.#read(file).finally(() => this.#reading.delete(file));
      this.#reading.set(file, reading);
    }
    return reading;
  }

  /** The points from `offset` on in the order of logging, at most `count`, and how many there are in all. */
  async readPage(key: string, file: string, offset: number, count: number) {
    const { marks, statistics } = await this.read(file);
    const [first, behind] = [Math.floor(offset / STRIDE), Math.floor((offset + count) / STRIDE) + 1];
    const text = readPart(file, marks[first] ?? Number.MAX_SAFE_INTEGER, marks[behind]);
    const start = offset - first * STRIDE;
    const points = parseMetricFile(key, text.toString()).points.slice(start, start + count);
    return { points, total: statistics.count };
  }

  async #read(file: string): Promise<ReadColumns> {
    const handle = unlessMissing(() => fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0)));
    try {
      const stats = handle === undefined ? undefined : fs.fstatSync(handle);
      if (handle === undefined || !stats?.isFile()) return described(columnsOf([]), []);
      const before = this.#known.get(file);
      if (before?.size === stats.size && before.ino === stats.ino && before.mtimeMs === stats.mtimeMs) return before;
      const grown = before && hasGrown(handle, stats, before) ? before : undefined;
      const bytes = readBytes(handle, grown?.size ?? 0, stats.size);
      const fresh = await parsePoints(bytes, grown);
      const read = described(grown ? joined(grown.columns, fresh.columns) : inOrder(fresh.columns), fresh.marks);
      // Without a newline at its end, its last line is not whole yet.
      if (bytes.toString('latin1', bytes.length - 1) === NEWLINE || bytes.length === 0) {
        const seam = readBytes(handle, Math.max(0, stats.size - SEAM), stats.size);
        this.#remember(file, { ...read, seam, size: stats.size, ino: stats.ino, mtimeMs: stats.mtimeMs });
      }
      return read;
    } finally {
      if (handle !== undefined) fs.closeSync(handle);
    }
  }

  #remember(file: string, known: Known): void {
    this.#known.delete(file);
    this.#known.set(file, known);
    let room = ROOM;
    for (const [name, { columns }] of [...this.#known].reverse()) {
      room -= 3 * columns.steps.byteLength;
      if (room < 0 && name !== file) this.#known.delete(name);
    }
  }
}

function described(columns: MetricColumns, marks: readonly number[]): ReadColumns {
  return { columns, statistics: statisticsOf(columns), marks };
}

/** Bytes of a file, up to its end where `to` is absent. */
function readPart(file: string, from: number, to?: number): Buffer {
  const handle = unlessMissing(() => fs.openSync(file, 'r'));
  if (handle === undefined) return Buffer.alloc(0);
  try {
    return readBytes(handle, from, Math.max(from, to ?? fs.fstatSync(handle).size));
  } finally {
    fs.closeSync(handle);
  }
}

function hasGrown(handle: number, stats: fs.Stats, { ino, size, seam }: Known): boolean {
  return stats.ino === ino && stats.size > size && readBytes(handle, size - seam.length, size).equals(seam);
}

function readBytes(handle: number, from: number, to: number): Buffer {
  const bytes = Buffer.allocUnsafe(to - from);
  let size = 0;
  while (size < bytes.length) {
    const read = fs.readSync(handle, bytes, size, bytes.length - size, from + size);
    if (read === 0) break;
    size += read;
  }
  return bytes.subarray(0, size);
}

/** Columns with room for more. */
class ColumnWriter {
  steps = new Float64Array(64);
  timestamps = new Float64Array(64);
  values = new Float64Array(64);
  count = 0;

  push(step: number, timestamp: number, value: number): void {
    if (this.count === this.steps.length) this.#grow();
    this.steps[this.count] = step;
    this.timestamps[this.count] = timestamp;
    this.values[this.count] = value;
    this.count += 1;
  }

  finish(): MetricColumns {
    const { steps, timestamps, values, count } = this;
    return { steps: steps.slice(0, count), timestamps: timestamps.slice(0, count), values: values.slice(0, count) };
  }

  #grow(): void {
    for (const name of ['steps', 'timestamps', 'values'] as const) {
      const larger = new Float64Array(2 * this.count);
      larger.set(this[name]);
      this[name] = larger;
    }
  }
}

/**
 * The points of a metric file's bytes, giving way to other requests now and then.
 * @param before what the file held before these bytes
 */
async function parsePoints(
  bytes: Buffer,
  before: Known | undefined,
): Promise<{ readonly columns: MetricColumns; readonly marks: readonly number[] }> {
  const [writer, slices, point] = [new ColumnWriter(), new Slices(), new PointBytes(bytes)];
  const [earlier, base, marks] = [before?.statistics.count ?? 0, before?.size ?? 0, [...(before?.marks ?? [])]];
  for (let line = 1; point.next(); line++) {
    if (line % STRIDE === 0 && slices.isOver) await slices.giveWay();
    const count = writer.count;
    const value = point.read() ? point.value : undefined;
    if (value !== undefined) {
      writer.push(point.step, point.timestamp, value);
    } else {
      const [metric] = parseMetricFile('', point.text).points;
      if (metric) writer.push(Number(metric.step), Number(metric.timestamp), metric.value);
    }
    if (writer.count > count && (earlier + count) % STRIDE === 0) marks.push(base + point.start);
  }
  return { columns: writer.finish(), marks };
}

/** In MLflow's order of recency, which is nearly always that of the file. */
function inOrder(columns: MetricColumns): MetricColumns {
  const { steps, timestamps, values } = columns;
  let at = 1;
  while (at < steps.length && !isBefore(columns, at, at - 1)) at += 1;
  if (at >= steps.length) return columns;
  const order = Uint32Array.from(steps, (_, index) => index).sort((a, b) =>
    isBefore(columns, a, b) ? -1 : isBefore(columns, b, a) ? 1 : a - b,
  );
  const pick = (column: Float64Array) => Float64Array.from(order, (index) => column[index] ?? 0);
  return { steps: pick(steps), timestamps: pick(timestamps), values: pick(values) };
}

function isBefore({ steps, timestamps, values }: MetricColumns, a: number, b: number): boolean {
  const step = (steps[a] ?? 0) - (steps[b] ?? 0);
  if (step !== 0) return step < 0;
  const time = (timestamps[a] ?? 0) - (timestamps[b] ?? 0);
  if (time !== 0) return time < 0;
  const [x, y] = [values[a] ?? 0, values[b] ?? 0];
  return Number.isNaN(x) ? !Number.isNaN(y) : x < y;
}

function joined(before: MetricColumns, fresh: MetricColumns): MetricColumns {
  const join = (a: Float64Array, b: Float64Array) => {
    const both = new Float64Array(a.length + b.length);
    both.set(a);
    both.set(b, a.length);
    return both;
  };
  return inOrder({
    steps: join(before.steps, fresh.steps),
    timestamps: join(before.timestamps, fresh.timestamps),
    values: join(before.values, fresh.values),
  });
}
