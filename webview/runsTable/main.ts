import '../shared/style.css';
import './style.css';
import type {
  RunAction,
  RunsTableEvent,
  RunsTableRequests,
  RunsTableState,
  RunsTableView,
  ShownTable,
} from '../../src/protocol/runsTable.ts';
import { element } from '../shared/dom.ts';
import { connectHost, savedState, saveState } from '../shared/host.ts';
import { createNotice } from '../shared/notice.ts';
import { Blocks } from './blocks.ts';
import { choiceOf, columnMenu } from './columnMenu.ts';
import { showContext } from './contextMenu.ts';
import { FilterBox } from './filterBox.ts';
import { Grid } from './grid.ts';
import { moveByKey } from './keys.ts';
import type { PlacedColumn } from './layout.ts';
import { openMenu } from './menu.ts';
import { Selection } from './selection.ts';
import { Toolbar } from './toolbar.ts';
import { isSameOrder, markRuns, nextSort, toggleGroup } from './viewChanges.ts';

let state: RunsTableState = {
  source: undefined,
  view: undefined,
  scroll: { top: 0, left: 0 },
  selected: [],
  ...savedState<RunsTableState>(),
};
let table: ShownTable | undefined;
/** The view of the rows that are shown, and how many changes of it the extension has not heard of yet. */
let shownView: RunsTableView | undefined;
let changing = 0;
let isRestored = false;
/** Scrolling is not worth to be written down at every frame. */
let isSaving = false;
const selection = new Selection(state.selected);

const host = connectHost<RunsTableRequests, RunsTableEvent>(receive);
const notice = createNotice(() => void host.ask('retry', undefined));
const grid = new Grid({
  isSelected: (runId) => selection.has(runId),
  onKey,
  onScroll: keep,
  sort,
  resize,
  move: moveColumn,
  openMenu: (column, at) => openMenu(columnMenu(column, grid.columns, currentView(), change), at),
  selectAll: () => void selectAll(),
});
const blocks = new Blocks(
  (request) => host.ask('rows', request),
  (places) => grid.onRead(places),
);
grid.blocks = blocks;
const filter = new FilterBox({
  complete: (text) => host.ask('complete', { text }),
  apply: (text) => change({ filter: text }),
});
const toolbar = new Toolbar({
  choose: (what) => void host.ask(what, undefined),
  act,
  copy,
  pin: () => mark('pinnedRuns'),
  hide: () => mark('hiddenRuns'),
  showHidden: () => change({ hiddenRuns: [] }),
  clearSelection: () => select([]),
});
const empty = element('div', { class: 'empty', attributes: { role: 'status' } }, 'Reading runs…');
document
  .getElementById('root')
  ?.replaceChildren(
    element('div', { class: 'bar' }, filter.element, toolbar.tools),
    toolbar.status,
    notice.element,
    grid.element,
    empty,
  );
toolbar.status.hidden = true;

function currentView(): RunsTableView {
  if (!table) throw new Error('There is no table yet.');
  return table.view;
}

function receive(event: RunsTableEvent): void {
  if (event.kind === 'failed') {
    notice.show(event.message);
    if (!table) empty.textContent = '';
    return;
  }
  notice.hide();
  // What the user has changed meanwhile is on its way to the extension.
  const view = changing > 0 && table ? table.view : event.view;
  const isSameQuery = !shownView || isSameOrder(event.view, shownView);
  if (table && table.total !== event.total && selection.size > 0) void forgetGone();
  table = { ...event, view };
  shownView = event.view;
  filter.value = view.filter;
  filter.error = event.filterError;
  toolbar.status.hidden = false;
  grid.show(event.columns, event.rows, event.view.sort, isSameQuery);
  if (!isRestored && event.rows > 0) restoreScroll();
  drawSelection();
  drawEmpty(event);
  keep();
}

/** Runs that were deleted, or that the filter has taken out, are no longer selected. */
async function forgetGone(): Promise<void> {
  const gone = new Set(await host.ask('gone', { runIds: selection.runIds }));
  if (gone.size > 0) select(selection.runIds.filter((runId) => !gone.has(runId)));
}

function restoreScroll(): void {
  isRestored = true;
  grid.element.scrollTop = state.scroll.top;
  grid.element.scrollLeft = state.scroll.left;
}

function drawEmpty({ rows, view, filterError, isReading }: ShownTable): void {
  const text =
    rows > 0 || filterError !== undefined || isReading
      ? ''
      : view.filter
        ? 'No run matches the filter.'
        : 'This experiment has no runs yet. They appear here as they are logged.';
  empty.textContent = text;
  empty.hidden = text === '';
}

function change(part: Partial<RunsTableView>): void {
  if (!table) return;
  const view = { ...table.view, ...part };
  table = { ...table, view };
  changing += 1;
  void host.ask('setView', { view }).finally(() => {
    changing -= 1;
  });
}

/** Keeps what a reload must not lose. */
function keep(): void {
  if (isSaving) return;
  isSaving = true;
  setTimeout(() => {
    isSaving = false;
    const { scrollTop: top, scrollLeft: left } = grid.element;
    const selected = selection.size > 10_000 ? [] : selection.runIds;
    state = { ...state, view: table?.view, selected, ...(isRestored && { scroll: { top, left } }) };
    saveState(state);
  }, 200);
}

function sort(column: PlacedColumn, add: boolean): void {
  if (column.isSortable) change({ sort: nextSort(currentView().sort, column, add) });
}

function resize(column: PlacedColumn, width: number): void {
  if (!table) return;
  const columns = table.columns.map((shown) => (shown.key === column.key ? { ...shown, width } : shown));
  table = { ...table, columns };
  grid.resize(columns);
  clearTimeout(resizing);
  resizing = setTimeout(() => change({ columns: columns.map(choiceOf) }), 300);
}
let resizing: ReturnType<typeof setTimeout> | undefined;

function moveColumn(column: PlacedColumn, before: PlacedColumn): void {
  const from = grid.columns.findIndex(({ key }) => key === column.key);
  const target = grid.columns.findIndex(({ key }) => key === before.key);
  if (!table || from < 0 || target < 0) return;
  const columns = grid.columns.toSpliced(from, 1).toSpliced(target, 0, column);
  table = { ...table, columns };
  grid.resize(columns);
  change({ columns: columns.map(choiceOf) });
}

function select(runIds: readonly string[]): void {
  selection.replace(runIds);
  drawSelection();
}

function drawSelection(): void {
  if (!table) return;
  toolbar.draw(table, selection.size);
  grid.drawBox(selection.state(table.total));
  grid.draw();
  keep();
}

async function selectAll(): Promise<void> {
  if (!table) return;
  const isAll = selection.state(table.total) === 'all';
  select(isAll ? [] : await host.ask('runIds', { from: 0, to: table.rows }));
}

async function selectRange(to: number): Promise<void> {
  const [from, until] = [Math.min(selection.from, to), Math.max(selection.from, to) + 1];
  select(await host.ask('runIds', { from, to: until }));
}

function toggle(row: number): void {
  const head = grid.head(row);
  if (!head) return;
  if ('group' in head) {
    change(toggleGroup(currentView(), head));
    return;
  }
  selection.from = row;
  selection.toggle(head.runId);
  drawSelection();
}

function act(action: RunAction): void {
  void host.ask('act', { action, runIds: selection.runIds });
}

function copy(): void {
  void host.ask('copy', { runIds: selection.runIds });
}

function mark(list: 'pinnedRuns' | 'hiddenRuns'): void {
  change(markRuns(currentView(), list, selection.runIds));
  if (list === 'hiddenRuns') select([]);
}

function open(row: number): void {
  const head = grid.head(row);
  if (head && 'runId' in head) void host.ask('act', { action: 'open', runIds: [head.runId] });
  else toggle(row);
}

grid.element.addEventListener('click', (event) => {
  const place = grid.placeOf(event.target);
  if (!place || place.row < 0) return;
  const head = grid.head(place.row);
  grid.moveTo(place);
  if (event.shiftKey) void selectRange(place.row);
  else if (place.column === 0 || event.ctrlKey || event.metaKey || (head && 'group' in head)) toggle(place.row);
  else if (head && 'runId' in head) {
    selection.from = place.row;
    select([head.runId]);
  }
});

grid.element.addEventListener('dblclick', (event) => {
  const place = grid.placeOf(event.target);
  const head = place && grid.head(place.row);
  if (place && place.column > 0 && head && 'runId' in head) open(place.row);
});

grid.element.addEventListener(
  'contextmenu',
  (event) => {
    const place = grid.placeOf(event.target);
    const head = place && grid.head(place.row);
    if (!place || !head || !('runId' in head)) return;
    if (!selection.has(head.runId)) {
      selection.from = place.row;
      select([head.runId]);
    }
    showContext(grid.element, state.source, selection.runIds);
  },
  true,
);

function onKey(event: KeyboardEvent): void {
  const { row, column } = grid.focus;
  const isCommand = event.ctrlKey || event.metaKey;
  const place = moveByKey(event, grid);
  if (place) {
    grid.moveTo(place);
    if (event.shiftKey && row >= 0 && place.row !== row) void selectRange(grid.focus.row);
  } else if (isCommand && event.key === 'a') void selectAll();
  else if (isCommand && event.key === 'c' && selection.size > 0) copy();
  else if (event.key === 'Escape' && selection.size > 0) select([]);
  else if (event.key === 'Delete' && selection.size > 0) act('delete');
  else if (row < 0) {
    if (!onHeaderKey(event, column)) return;
  } else if (event.key === ' ') toggle(row);
  else if (event.key === 'Enter') open(row);
  else return;
  event.preventDefault();
}

/** @returns whether the key means something there */
function onHeaderKey(event: KeyboardEvent, at: number): boolean {
  const column = grid.columns[at - 1];
  const isChoice = event.key === 'Enter' || event.key === ' ';
  if (!column) {
    if (isChoice) void selectAll();
    return isChoice;
  }
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (isChoice) sort(column, event.shiftKey);
  else if (step && event.altKey && event.shiftKey) resize(column, column.width + 10 * step);
  else if (step && event.altKey) {
    const other = grid.columns[at - 1 + step];
    if (other && other.pinned === column.pinned) {
      moveColumn(column, other);
      grid.moveTo({ row: -1, column: at + step });
    }
  } else return false;
  return true;
}

document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === 'f') {
    event.preventDefault();
    filter.focus();
  }
});

void host.ask('ready', { view: state.view }).then((source) => {
  state = { ...state, source };
  keep();
});
