import fs from 'node:fs';
import type { Metric } from '../../../entities/metric.ts';
import { linePieces } from '../../../files/linePieces.ts';
import { openToRead, readRange } from '../../../files/read.ts';
import { SeenFile } from '../../../files/seenFile.ts';
import { Recent } from '../recent.ts';
import { Slices } from '../slices.ts';
import { readLines } from './metricBytes.ts';
import { parseMetricFile } from './metricFile.ts';
import { PointColumns } from './pointColumns.ts';

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
  const stride = new PointColumns(STRIDE);
  for (const { bytes, start } of linePieces(handle, marks[mark] ?? 0, size)) {
    for (let at = 0; at < bytes.length; ) {
      const place = start + at;
      const stops = [marks.length * STRIDE, offset, offset + count].map((stop) => stop - number);
      stride.count = 0;
      at = readLines(bytes, at, stride, Math.min(STRIDE, ...stops.filter((points) => points > 0)));
      if (stride.count === 0) continue;
      if (stops[0] === 0) marks.push(place);
      if (stops[1] === 0) from = place;
      if (from !== undefined && stops[2] === 0) return { from, to: place };
      number += stride.count;
    }
    if (slices.isOver) await slices.giveWay();
  }
  return from === undefined ? {} : { from };
}
