import type { ColumnChanges } from './columnChanges.ts';
import { showContext } from './contextMenu.ts';
import type { Grid } from './grid.ts';
import { moveByKey } from './keys.ts';
import type { RowActions } from './rowActions.ts';
import type { Selection } from './selection.ts';

/** Whom mouse and keys speak to. */
export interface RowInputOptions {
  readonly grid: Grid;
  readonly selection: Selection;
  readonly rows: RowActions;
  readonly columns: ColumnChanges;
  /** What VS Code's menus find the runs by. */
  readonly source: () => unknown;
}

/** What clicks do: one selects, Shift and Control select several, two open the run. */
export function listenToMouse({ grid, selection, rows, source }: RowInputOptions): void {
  grid.element.addEventListener('click', (event) => {
    const place = grid.placeOf(event.target);
    if (!place || place.row < 0) return;
    const head = grid.head(place.row);
    grid.moveTo(place);
    if (isTwistie(event) && head && 'runId' in head) rows.fold(place.row, !head.family?.isOpen);
    else if (event.shiftKey) void rows.selectRange(place.row);
    else if (place.column === 0 || event.ctrlKey || event.metaKey || (head && 'group' in head)) rows.toggle(place.row);
    else if (head && 'runId' in head) rows.selectOnly(place.row, head.runId);
  });
  grid.element.addEventListener('dblclick', (event) => {
    const place = grid.placeOf(event.target);
    const head = place && grid.head(place.row);
    if (place && place.column > 0 && head && 'runId' in head && !isTwistie(event)) rows.open(place.row);
  });
  grid.element.addEventListener(
    'contextmenu',
    (event) => {
      const place = grid.placeOf(event.target);
      const head = place && grid.head(place.row);
      if (!place || !head || !('runId' in head)) return;
      if (!selection.has(head.runId)) rows.selectOnly(place.row, head.runId);
      showContext(grid.element, source(), selection.runIds);
    },
    true,
  );
}

function isTwistie({ target }: Event): boolean {
  return target instanceof Element && target.closest('.twistie') !== null;
}

/**
 * Left and right at the beginning of a row are those of a tree: they open and close, and lead to the parent.
 * @returns whether the key meant that
 */
function onTreeKey({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, { grid, rows }: RowInputOptions): boolean {
  const { row, column } = grid.focus;
  if (row < 0 || column > 1 || ctrlKey || metaKey || altKey) return false;
  if (key === 'ArrowRight' && column === 1) return rows.fold(row, true);
  if (key !== 'ArrowLeft') return false;
  if (rows.fold(row, false)) return true;
  const parent = column === 0 ? rows.parentOf(row) : undefined;
  if (parent !== undefined) grid.moveTo({ row: parent, column });
  return parent !== undefined;
}

/** What a key does in the table. */
export function onGridKey(event: KeyboardEvent, options: RowInputOptions): void {
  const { grid, selection, rows, columns } = options;
  const { row, column } = grid.focus;
  const isCommand = event.ctrlKey || event.metaKey;
  const isChoice = event.key === 'Enter' || event.key === ' ';
  const key = grid.columns[column - 1]?.key;
  const isFolded = onTreeKey(event, options);
  const place = isFolded ? undefined : moveByKey(event, grid);
  if (isFolded) event.preventDefault();
  else if (place) {
    grid.moveTo(place);
    if (event.shiftKey && row >= 0 && place.row !== row) void rows.selectRange(grid.focus.row);
  } else if (isCommand && event.key === 'a') void rows.selectAll();
  else if (isCommand && event.key === 'c' && selection.size > 0) rows.copy();
  else if (isCommand && event.key === 'c' && row >= 0 && key !== undefined) rows.copyCell(row, key);
  else if (event.key === 'Escape' && selection.size > 0) rows.select([]);
  else if (event.key === 'Delete' && selection.size > 0) rows.act('delete');
  else if (row < 0 && column > 0) {
    if (!columns.onKey(event, column)) return;
  } else if (row < 0 && isChoice) void rows.selectAll();
  else if (row >= 0 && event.key === ' ') rows.toggle(row);
  else if (row >= 0 && event.key === 'Enter') rows.open(row);
  else return;
  event.preventDefault();
}
