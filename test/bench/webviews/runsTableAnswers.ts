import { answerWebview } from '../../../src/protocol/channel.ts';
import type { RunsTableEvent, RunsTableRequests, RunsTableView } from '../../../src/protocol/runsTable.ts';
import { BLOCK_ROWS, RUNS_TABLE_CHECKS } from '../../../src/protocol/runsTable.ts';
import { arrangeRows } from '../../../src/views/runsTable/arrange.ts';
import { firstBlock, readBlock, shownColumn } from '../../../src/views/runsTable/block.ts';
import { automaticColumns, columnKey } from '../../../src/views/runsTable/columns.ts';
import { RunColumns } from '../../../src/views/runsTable/runColumns.ts';
import { DEFAULT_VIEW } from '../../../src/views/runsTable/view.ts';
import { benchRun } from '../benchRun.ts';
import { answersPort } from './answersPort.ts';
import { SILENT_TABLE } from './silentTable.ts';

const RUNS = 10_000;
const NO_STATISTICS = { number: () => undefined, curve: () => undefined };

/** What happens to the runs: they are shown, or one of them went on. */
export type TableCommand =
  | { readonly kind: 'show' }
  | { readonly kind: 'update'; readonly run: number; readonly round: number };

// The extension's end of the runs table, without VS Code and without a server: all runs have been read.
const columns = new RunColumns();
columns.append(Array.from({ length: RUNS }, (_, at) => benchRun(at)));
const choices = automaticColumns(columns);
let view: RunsTableView = DEFAULT_VIEW;
let isAsked = false;

const port = answersPort<TableCommand>((command) => {
  if (command.kind === 'update') {
    const run = benchRun(command.run, command.round);
    columns.update([run.info.runId], [run], view.sort, true);
  }
  show();
});

const send = answerWebview<RunsTableRequests, RunsTableEvent>(port, RUNS_TABLE_CHECKS, {
  ready: () => ({ connectionId: 'bench', experimentId: '1' }),
  ...SILENT_TABLE,
  setView({ view: next }) {
    view = next;
    show();
  },
  rows({ from, to, columns: keys, anchors }) {
    isAsked = true;
    const rows = arrangeRows(columns, view);
    const asked = choices.filter((choice) => keys.includes(columnKey(choice)));
    const block = readBlock(columns, NO_STATISTICS, {
      rows,
      from,
      to,
      choices: asked,
      pinnedRuns: [],
      now: Date.now(),
    });
    const places = anchors.map((runId) => rows.indexOf(columns.slot(runId) ?? -1));
    return { block, places };
  },
});

function show(): void {
  const rows = arrangeRows(columns, view);
  const request = { rows, choices, pinnedRuns: [], now: Date.now() };
  send({
    kind: 'show',
    columns: choices.map((choice) => shownColumn(columns, choice)),
    view,
    rows: rows.length,
    total: columns.order.length,
    loaded: columns.order.length,
    isReading: false,
    first: isAsked ? undefined : firstBlock(columns, NO_STATISTICS, request, BLOCK_ROWS),
    nesting: 'none',
  });
}
