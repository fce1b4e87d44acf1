import type { Grid, Place } from './grid.ts';

/** Where a key moves the focus, as the ARIA grid pattern has it; `undefined` for keys that do not. */
export function moveByKey({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, grid: Grid): Place | undefined {
  if (altKey) return undefined;
  const { row, column } = grid.focus;
  const [lastRow, lastColumn] = [grid.count - 1, grid.columns.length];
  const isFar = ctrlKey || metaKey;
  switch (key) {
    case 'ArrowDown':
      return { row: isFar ? lastRow : row + 1, column };
    case 'ArrowUp':
      return { row: isFar ? Math.min(0, lastRow) : row - 1, column };
    case 'ArrowRight':
      return { row, column: isFar ? lastColumn : column + 1 };
    case 'ArrowLeft':
      return { row, column: isFar ? 0 : column - 1 };
    case 'PageDown':
      return { row: row + grid.page, column };
    case 'PageUp':
      return { row: Math.max(Math.min(0, lastRow), row - grid.page), column };
    case 'Home':
      return isFar ? { row: Math.min(0, lastRow), column: 0 } : { row, column: 0 };
    case 'End':
      return isFar ? { row: lastRow, column: lastColumn } : { row, column: lastColumn };
    default:
      return undefined;
  }
}
