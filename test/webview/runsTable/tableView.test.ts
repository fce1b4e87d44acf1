import { expect, test } from 'vitest';
import type { RunsTableView, ShownColumn, ShownTable } from '../../../src/protocol/runsTable.ts';
import { DEFAULT_VIEW } from '../../../src/views/runsTable/view.ts';
import { TableView } from '../../../webview/runsTable/tableView.ts';

const column = (key: string, width: number): ShownColumn => {
  return { id: key, key, label: key, group: 'params', isNumber: false, isSortable: true, width };
};

function shown(...columns: readonly ShownColumn[]): ShownTable {
  return { kind: 'show', columns, view: DEFAULT_VIEW, rows: 1, total: 1, loaded: 1, nesting: 'none', isReading: false };
}

/** A view whose changes the extension hears of when it is told to. */
function tableOf() {
  const told: { view: RunsTableView; hear(): void }[] = [];
  const view = new TableView((next) => new Promise((resolve) => told.push({ view: next, hear: resolve })));
  return { view, told };
}

const widths = (view: TableView) => view.table?.columns.map(({ width }) => width);

test('a width that is being changed stays, whatever the extension tells meanwhile, until it has heard of it', async () => {
  const { view, told } = tableOf();
  view.receive(shown(column('a', 100)));
  view.drawColumns([column('a', 110)]);
  view.receive(shown(column('a', 100)));
  expect(widths(view)).toEqual([110]);
  void view.keepColumns();
  view.receive(shown(column('a', 100)));
  expect(widths(view)).toEqual([110]);
  expect(told[0]?.view.columns?.[0]?.width).toBe(110);
  told[0]?.hear();
  await new Promise((resolve) => setTimeout(resolve));
  view.receive(shown(column('a', 110), column('b', 90)));
  expect(widths(view)).toEqual([110, 90]);
});

test('a change after the one that was told is not lost either', async () => {
  const { view, told } = tableOf();
  view.receive(shown(column('a', 100)));
  view.drawColumns([column('a', 110)]);
  void view.keepColumns();
  view.drawColumns([column('a', 120)]);
  told[0]?.hear();
  await new Promise((resolve) => setTimeout(resolve));
  view.receive(shown(column('a', 110)));
  expect(widths(view)).toEqual([120]);
});
