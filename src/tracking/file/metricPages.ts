import fs from 'node:fs';
import type { Metric } from '../../entities/metric.ts';
import { linePieces } from '../../files/linePieces.ts';
import { openToRead, readRange } from '../../files/read.ts';
import { Slices } from './index/slices.ts';
import { PointBytes } from './metricBytes.ts';
import { parseMetricFile } from './metricFile.ts';

/** Points between two marks. */
const STRIDE = 1_000;
/** bytes before the last mark: where they are the same, the file was only appended to. */
const SEAM = 64;
const FILES = 256;

/** Where in a file every so many-th point begins (bytes), as far as was asked. */
interface Marks {
  readonly ino: number;
  readonly places: number[];
  seam: Buffer;
}

export interface MetricPage {
  readonly points: readonly Metric[];
  readonly hasMore: boolean;
}

/** Reads a part of a long metric file, and nothing behind it; what lies before it only the first time. */
export class MetricPages {
  readonly #files = new Map<string, Marks>();

  /** The points from `offset` on in the order of logging, at most `count`; none where there is no such file. */
  async read(key: string, file: string, offset: number, count: number): Promise<MetricPage> {
    const handle = openToRead(file);
    if (handle === undefined) return { points: [], hasMore: false };
    try {
      const stats = fs.fstatSync(handle);
      if (!stats.isFile()) return { points: [], hasMore: false };
      const marks = this.#marksOf(file, handle, stats);
      const { from, to } = await findPage(handle, stats.size, marks, offset, count);
      this.#remember(file, handle, marks);
      if (from === undefined) return { points: [], hasMore: false };
      const bytes = readRange(handle, from, to ?? stats.size);
      return { points: parseMetricFile(key, bytes.toString()).points, hasMore: to !== undefined };
    } finally {
      fs.closeSync(handle);
    }
  }

  #marksOf(file: string, handle: number, { ino, size }: fs.Stats): Marks {
    const known = this.#files.get(file);
    const last = known?.places.at(-1) ?? 0;
    const isSame = known?.ino === ino && size >= last && seamAt(handle, last).equals(known.seam);
    return isSame ? known : { ino, places: [], seam: Buffer.alloc(0) };
  }

  #remember(file: string, handle: number, marks: Marks): void {
    marks.seam = seamAt(handle, marks.places.at(-1) ?? 0);
    this.#files.delete(file);
    this.#files.set(file, marks);
    const [oldest] = this.#files.keys();
    if (this.#files.size > FILES && oldest !== undefined) this.#files.delete(oldest);
  }
}

function seamAt(handle: number, place: number): Buffer {
  return readRange(handle, Math.max(0, place - SEAM), place);
}

/** Where a page begins and where the point after it does (bytes), absent behind the end; marks what it passes. */
async function findPage(
  handle: number,
  size: number,
  { places }: Marks,
  offset: number,
  count: number,
): Promise<{ readonly from?: number; readonly to?: number }> {
  const slices = new Slices();
  const mark = Math.max(0, Math.min(Math.floor(offset / STRIDE), places.length - 1));
  let number = mark * STRIDE;
  let from: number | undefined;
  for (const { bytes, start } of linePieces(handle, places[mark] ?? 0, size)) {
    const point = new PointBytes(bytes);
    while (point.next()) {
      if (!isPoint(point)) continue;
      const place = start + point.start;
      if (number === places.length * STRIDE) places.push(place);
      if (number === offset) from = place;
      if (from !== undefined && number === offset + count) return { from, to: place };
      number += 1;
    }
    if (slices.isOver) await slices.giveWay();
  }
  return from === undefined ? {} : { from };
}

function isPoint(point: PointBytes): boolean {
  const isPlain = point.read() && point.value !== undefined;
  return isPlain || parseMetricFile('', point.text).points.length > 0;
}
