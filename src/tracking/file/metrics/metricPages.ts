import fs from 'node:fs';
import type { Metric } from '../../../entities/metric.ts';
import { linePieces } from '../../../files/linePieces.ts';
import { openToRead, readRange } from '../../../files/read.ts';
import { SeenFile } from '../../../files/seenFile.ts';
import { Recent } from '../recent.ts';
import { Slices } from '../slices.ts';
import { PointBytes } from './metricBytes.ts';
import { parseMetricFile } from './metricFile.ts';

/** Points between two marks. */
const STRIDE = 1_000;
const FILES = 256;

interface Known {
  readonly seen: SeenFile;
  /** Where every so many-th point begins (bytes), as far as was asked. */
  readonly marks: number[];
}

export interface MetricPage {
  readonly points: readonly Metric[];
  readonly hasMore: boolean;
}

/** Reads a part of a long metric file, and nothing behind it; what lies before it only the first time. */
export class MetricPages {
  readonly #known = new Recent<string, Known>(FILES);

  /** The points from `offset` on in the order of logging, at most `count`; none where there is no such file. */
  async read(key: string, file: string, offset: number, count: number): Promise<MetricPage> {
    const handle = openToRead(file);
    if (handle === undefined) return { points: [], hasMore: false };
    try {
      const stats = fs.fstatSync(handle);
      if (!stats.isFile()) return { points: [], hasMore: false };
      const known = this.#known.get(file);
      const marks = known?.seen.holds(handle, stats) ? known.marks : [];
      const { from, to } = await findPage(handle, stats.size, marks, offset, count);
      this.#known.set(file, { seen: SeenFile.read(handle, stats), marks });
      if (from === undefined) return { points: [], hasMore: false };
      const bytes = readRange(handle, from, to ?? stats.size);
      return { points: parseMetricFile(key, bytes.toString()).points, hasMore: to !== undefined };
    } finally {
      fs.closeSync(handle);
    }
  }
}

/** Where a page begins and where the point after it does (bytes), absent behind the end; marks what it passes. */
async function findPage(
  handle: number,
  size: number,
  marks: number[],
  offset: number,
  count: number,
): Promise<{ readonly from?: number; readonly to?: number }> {
  const slices = new Slices();
  const mark = Math.max(0, Math.min(Math.floor(offset / STRIDE), marks.length - 1));
  let number = mark * STRIDE;
  let from: number | undefined;
  for (const { bytes, start } of linePieces(handle, marks[mark] ?? 0, size)) {
    const point = new PointBytes(bytes);
    while (point.next()) {
      if (!isPoint(point)) continue;
      const place = start + point.start;
      if (number === marks.length * STRIDE) marks.push(place);
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
