import '../shared/style.css';
import './style.css';
import type { RunsTableEvent, RunsTableRequests, RunsTableState, ShownTable } from '../../src/protocol/runsTable.ts';
import { element } from '../shared/dom.ts';
import { connectHost, savedState, saveState } from '../shared/host.ts';
import { openMenu } from '../shared/menu.ts';
import { createNotice } from '../shared/notice.ts';
import { Blocks } from './blocks.ts';
import { ColumnChanges } from './columnChanges.ts';
import { columnMenu } from './columnMenu.ts';
import { distributionPanel } from './distribution.ts';
import { FilterBox } from './filterBox.ts';
import { Grid } from './grid.ts';
import { RowActions } from './rowActions.ts';
import { listenToMouse, onGridKey } from './rowInput.ts';
import { Selection } from './selection.ts';
import { TableView } from './tableView.ts';
import { Toolbar } from './toolbar.ts';

let state: RunsTableState = {
  source: undefined,
  view: undefined,
  scroll: { top: 0, left: 0 },
  selected: [],
  ...savedState<RunsTableState>(),
};
let isRestored = false;
/** Scrolling is not worth to be written down at every frame. */
let isSaving = false;

/** A selection that is being made is not told at every step (ms), and a very large one not at all. */
const [TELLING, MOST_TOLD] = [150, 1_000];
let telling: ReturnType<typeof setTimeout> | undefined;

const host = connectHost<RunsTableRequests, RunsTableEvent>(receive);
const notice = createNotice(host);
const selection = new Selection(state.selected);
const table = new TableView((view) => host.ask('setView', { view }));
const grid = new Grid({
  isSelected: (runId) => selection.has(runId),
  onKey: (event) => onGridKey(event, input),
  onScroll: keep,
  sort: (column, add) => columns.sort(column, add),
  resize: (column, width) => columns.resize(column, width),
  move: (column, before) => columns.move(column, before),
  openMenu(column, at) {
    const items = columnMenu(column, grid.columns, table.view, (part) => table.change(part));
    const isCounted = column.group !== 'attributes' || column.id === 'attributes.status';
    const below = isCounted ? distributionPanel(host.ask('distribution', { id: column.id })) : undefined;
    openMenu(items, at, 'Column', below);
  },
  selectAll: () => void rows.selectAll(),
});
const blocks = new Blocks(
  (request) => host.ask('rows', request),
  (places) => grid.onRead(places),
);
grid.blocks = blocks;
const columns = new ColumnChanges(grid, table);
const rows = new RowActions({ host, grid, table, selection, onSelect });
const input = { grid, selection, rows, columns, source: () => state.source };
listenToMouse(input);
const filter = new FilterBox({
  complete: (text) => host.ask('complete', { text }),
  apply: (text) => table.change({ filter: text }),
});
const toolbar = new Toolbar({
  choose: (what) => void host.ask(what, undefined),
  act: (action) => rows.act(action),
  copy: () => rows.copy(),
  pin: () => rows.mark('pinnedRuns'),
  hide: () => rows.mark('hiddenRuns'),
  onlyDiffering: () => table.change({ onlyDiffering: !table.view.onlyDiffering }),
  nest: () => table.change({ flat: !table.view.flat }),
  showHidden: () => table.change({ hiddenRuns: [] }),
  clearSelection: () => rows.select([]),
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

function receive(event: RunsTableEvent): void {
  if (event.kind === 'failed') {
    notice.show(event.message);
    toolbar.isLive = false;
    if (!table.table) empty.textContent = '';
    return;
  }
  notice.hide();
  toolbar.isLive = true;
  const before = table.table;
  if (before && before.total !== event.total && selection.size > 0) void rows.forgetGone();
  const isSameOrder = table.receive(event);
  grid.isTree = event.nesting === 'nested';
  grid.show(table.table?.columns ?? event.columns, event.rows, event.view.sort, isSameOrder);
  if (event.first) blocks.take(event.first);
  if (!isRestored && event.rows > 0) restoreScroll();
  drawSelection();
  filter.value = table.view.filter;
  filter.error = event.filterError;
  toolbar.status.hidden = false;
  drawEmpty(event);
  keep();
}

function restoreScroll(): void {
  isRestored = true;
  grid.scroll = state.scroll;
}

function onSelect(): void {
  drawSelection();
  // What is done with it next can hide the table at once.
  save();
  clearTimeout(telling);
  telling = setTimeout(tellSelection, TELLING);
}

function tellSelection(): void {
  if (selection.size <= MOST_TOLD) void host.ask('selected', { runIds: selection.runIds });
}

function drawSelection(): void {
  if (!table.table) return;
  // First, since rows that have to be read are on their way then.
  grid.draw();
  grid.drawBox(selection.state(table.table.total));
  toolbar.draw(table.table, selection.size);
  keep();
}

function drawEmpty({ rows: count, view, filterError, isReading }: ShownTable): void {
  const text =
    count > 0 || filterError !== undefined || isReading
      ? ''
      : view.filter
        ? 'No run matches the filter.'
        : 'This experiment has no runs yet. They appear here as they are logged.';
  empty.textContent = text;
  empty.hidden = text === '';
}

/** Keeps what a reload must not lose. */
function keep(): void {
  if (isSaving) return;
  isSaving = true;
  setTimeout(() => {
    isSaving = false;
    save();
  }, 200);
}

function save(): void {
  const selected = selection.size > 10_000 ? [] : selection.runIds;
  state = { ...state, view: table.table?.view, selected, ...(isRestored && { scroll: grid.scroll }) };
  saveState(state);
}

document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === 'f') {
    event.preventDefault();
    filter.focus();
  }
});

void host.ask('ready', { view: state.view }).then((source) => {
  state = { ...state, source };
  tellSelection();
  keep();
});
