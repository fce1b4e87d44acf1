import type { ShownColumn } from '../../src/protocol/runsTable.ts';

/** Heights of a row and of the header (px). */
export const [ROW, HEADER] = [22, 40];
/** Width of the box that selects a row (px). */
export const BOX = 30;
const [LEAST, MOST] = [40, 1_000];

/** A column at its place. */
export interface PlacedColumn extends ShownColumn {
  /** px from the left side of the table; pinned ones stay there. */
  readonly left: number;
  readonly width: number;
  readonly pinned: boolean;
}

export interface Layout {
  /** Pinned ones first. */
  readonly columns: readonly PlacedColumn[];
  readonly pinnedWidth: number;
  readonly width: number;
}

const WIDTHS: Readonly<Record<string, number>> = {
  'attributes.run_name': 210,
  'attributes.status': 100,
  'attributes.start_time': 100,
  'attributes.duration': 90,
  'attributes.end_time': 100,
  'attributes.run_id': 260,
};

export function layoutColumns(shown: readonly ShownColumn[]): Layout {
  const ordered = [...shown.filter(({ pinned }) => pinned), ...shown.filter(({ pinned }) => !pinned)];
  let left = BOX;
  let pinnedWidth = BOX;
  const columns = ordered.map((column): PlacedColumn => {
    const placed = {
      ...column,
      left,
      width: clampWidth(column.width ?? usualWidth(column)),
      pinned: column.pinned ?? false,
    };
    left += placed.width;
    if (placed.pinned) pinnedWidth = left;
    return placed;
  });
  return { columns, pinnedWidth, width: left };
}

export function clampWidth(width: number): number {
  return Math.min(MOST, Math.max(LEAST, Math.round(width)));
}

function usualWidth({ id, isNumber, statistic, label }: ShownColumn): number {
  if (statistic === 'curve') return Math.min(200, Math.max(96, label.length * 7 + 24));
  return WIDTHS[id] ?? Math.min(200, Math.max(isNumber ? 90 : 130, label.length * 7 + 40));
}

/** Places of the columns that a window of the table shows, pinned ones included. */
export function columnsIn({ columns, pinnedWidth }: Layout, scrollLeft: number, width: number): number[] {
  const [from, to] = [scrollLeft + pinnedWidth, scrollLeft + width];
  const first = firstEnding(columns, from);
  const shown: number[] = [];
  for (let at = 0; at < columns.length && columns[at]?.pinned; at++) shown.push(at);
  for (let at = Math.max(first, shown.length); at < columns.length && (columns[at]?.left ?? 0) < to; at++)
    shown.push(at);
  return shown;
}

function firstEnding(columns: readonly PlacedColumn[], from: number): number {
  let [low, high] = [0, columns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const column = columns[middle];
    if (column && (column.pinned || column.left + column.width <= from)) low = middle + 1;
    else high = middle;
  }
  return low;
}
