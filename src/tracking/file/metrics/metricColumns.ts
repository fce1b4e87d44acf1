import fs from 'node:fs';
import { columnsOf, type MetricColumns, type MetricStatistics, statisticsOf } from '../../../entities/metricSeries.ts';
import { linePieces } from '../../../files/linePieces.ts';
import { openToRead } from '../../../files/read.ts';
import { SeenFile } from '../../../files/seenFile.ts';
import { Slices } from '../slices.ts';
import { readLines } from './metricBytes.ts';
import { PointColumns } from './pointColumns.ts';

/** bytes of columns that are kept for the next time. */
const ROOM = 64 * 1024 * 1024;
const NEWLINE = 10;
/** Points that are read at a time: a function that returns soon is compiled once, a long loop before and after its end. */
const BATCH = 128;
export interface ReadColumns {
  readonly columns: MetricColumns;
  readonly statistics: MetricStatistics;
}

interface Known extends ReadColumns {
  readonly seen: SeenFile;
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

  async #read(file: string): Promise<ReadColumns> {
    const handle = openToRead(file);
    try {
      const stats = handle === undefined ? undefined : fs.fstatSync(handle);
      if (handle === undefined || !stats?.isFile()) return described(columnsOf([]));
      const before = this.#known.get(file);
      if (before?.seen.isSame(stats)) return before;
      const grown = before?.seen.hasGrown(handle, stats) ? before : undefined;
      const fresh = await parsePoints(handle, grown?.seen.size ?? 0, stats.size);
      const read = described(grown ? joined(grown.columns, fresh) : inOrder(fresh));
      const seen = SeenFile.read(handle, stats);
      if (seen.endsWithLine) this.#remember(file, { ...read, seen });
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

function described(columns: MetricColumns): ReadColumns {
  return { columns, statistics: statisticsOf(columns) };
}

/** The points of a part of a metric file (bytes), giving way to other requests now and then. */
async function parsePoints(handle: number, from: number, to: number): Promise<MetricColumns> {
  const slices = new Slices();
  let points: PointColumns | undefined;
  for (const { bytes } of linePieces(handle, from, to)) {
    points ??= new PointColumns(expectedPoints(bytes, to - from));
    for (let at = 0; at < bytes.length; ) {
      if (points.count === points.room) points.grow();
      at = readLines(bytes, at, points, Math.min(points.room, points.count + BATCH));
    }
    if (slices.isOver) await slices.giveWay();
  }
  return points ? points.finish() : columnsOf([]);
}

/** Lines get longer as steps do, so that there are rarely more. */
function expectedPoints(piece: Buffer, size: number): number {
  let lines = 1;
  for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) lines += 1;
  return Math.ceil((lines * size) / piece.length);
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
