import { commands, ViewColumn, type WebviewPanel, window } from 'vscode';
import { answerWebview } from '../../protocol/channel.ts';
import {
  BLOCK_ROWS,
  type RowsReply,
  type RowsRequest,
  RUNS_TABLE_CHECKS,
  type RunAction,
  type RunsTableEvent,
  type RunsTableRequests,
  type RunsTableSource,
  type RunsTableView,
} from '../../protocol/runsTable.ts';
import { isNestable, runsOf, slotOf } from '../../views/runsTable/arrange.ts';
import { firstBlock, readBlock, shownColumn } from '../../views/runsTable/block.ts';
import {
  automaticColumns,
  type ColumnChoice,
  columnKey,
  seenColumns,
  withUnseen,
} from '../../views/runsTable/columns.ts';
import { completeFilter } from '../../views/runsTable/complete.ts';
import { distributionOf } from '../../views/runsTable/distribution.ts';
import { TableRows } from '../../views/runsTable/tableRows.ts';
import { DEFAULT_VIEW } from '../../views/runsTable/view.ts';
import type { CommandId } from '../commands/ids.ts';
import type { RunReference } from '../services/connections.ts';
import type { Services } from '../services.ts';
import { showCharts } from './charts.ts';
import { showRunComparison } from './compareRuns.ts';
import { logFailures } from './logFailures.ts';
import { panelPort } from './panelPort.ts';
import { pickColumns, pickGroup, pickView } from './runsTable/runsTablePicks.ts';
import { RunsTableStatistics } from './runsTable/runsTableStatistics.ts';
import { tableCopies } from './runsTable/tableCopies.ts';
import { watchTable } from './runsTableChanges.ts';
import { MOST_RUNS, RunsTableReader } from './runsTableReader.ts';
import { telling } from './telling.ts';
import { webviewOptions, webviewPage } from './webviewPage.ts';

export const RUNS_TABLE = 'mlflow.runsTable';

/** At most so often the table is shown anew (ms), and ages so often. */
const [INTERVAL, TICK] = [250, 10_000];

const COMMANDS: Readonly<Record<Exclude<RunAction, 'chart' | 'compare'>, CommandId>> = {
  open: 'mlflow.run.open',
  tag: 'mlflow.run.setTag',
  register: 'mlflow.model.register',
  delete: 'mlflow.run.delete',
};

/** Opens the runs of an experiment as a table in an editor of its own. */
export function showRunsTable(services: Services, title: string, source: RunsTableSource): void {
  const options = webviewOptions(services.context.extensionUri);
  const panel = window.createWebviewPanel(RUNS_TABLE, `Runs · ${title}`, ViewColumn.Active, options);
  fillRunsTable(services, panel, source);
}

/** Fills a panel, new or come back after a reload. */
export function fillRunsTable(services: Services, panel: WebviewPanel, source: RunsTableSource): void {
  const { connections, context, followers, log } = services;
  let view: RunsTableView = DEFAULT_VIEW;
  let automatic: readonly ColumnChoice[] = [];
  let timer: NodeJS.Timeout | undefined;
  let lastShown = 0;
  /** Whether the page asks for rows by itself. */
  let isAsked = false;

  const reader = new RunsTableReader(connections, source, showSoon);
  const statistics = new RunsTableStatistics(() => reader.connection, showSoon);
  const rows = new TableRows(reader.columns);
  const chosen = () => view.columns ?? automatic;
  const choices = () => seenColumns(reader.columns, chosen(), view.onlyDiffering);

  function showSoon(): void {
    timer ??= setTimeout(show, Math.max(0, lastShown + INTERVAL - Date.now()));
  }

  function show(): void {
    timer = undefined;
    lastShown = Date.now();
    const { columns, total, filterError, isServerReading } = reader;
    if (reader.failure !== undefined && columns.order.length === 0) {
      tellFailure(reader.failure);
      return;
    }
    automatic = automaticColumns(columns, automatic);
    arrange();
    send({
      kind: 'show',
      columns: choices().map((choice) => shownColumn(columns, choice)),
      view,
      rows: rows.count(Math.min(total, MOST_RUNS)),
      total,
      loaded: columns.order.length,
      all: reader.all,
      isReading: isServerReading,
      nesting: !isNestable(columns, view) ? 'none' : view.flat ? 'flat' : 'nested',
      filterError,
      first: isAsked ? undefined : firstBlock(columns, statistics, blockRequest(choices()), BLOCK_ROWS),
    });
    if (reader.failure !== undefined) tellFailure(reader.failure);
  }

  function tellFailure(message: string): void {
    send({ kind: 'failed', message });
  }

  function arrange(): void {
    rows.arrange(reader.columns, view);
  }

  function setView(next: RunsTableView): void {
    const isOtherQuery = next.filter !== view.filter || JSON.stringify(next.sort) !== JSON.stringify(view.sort);
    const columns =
      next.columns && view.onlyDiffering ? withUnseen(reader.columns, chosen(), next.columns) : next.columns;
    view = { ...next, columns };
    if (view.groupBy !== undefined) void reader.want(MOST_RUNS);
    if (isOtherQuery) void reader.read({ filter: view.filter, sort: view.sort });
    else showSoon();
  }

  function blockRequest(wanted: readonly ColumnChoice[]) {
    return { rows: rows.all, choices: wanted, pinnedRuns: view.pinnedRuns, now: Date.now() };
  }

  function readRows({ from, to, columns: keys, visible, anchors }: RowsRequest): RowsReply {
    const { columns } = rows;
    isAsked = true;
    if (to > rows.all.length) void reader.want(rows.runsFor(to));
    const asked = choices().filter((choice) => keys.includes(columnKey(choice)));
    statistics.wantAll(columns, rows.all.slice(visible.from, visible.to), asked);
    return {
      block: readBlock(columns, statistics, { ...blockRequest(asked), from, to }),
      places: anchors.map((runId) => rows.placeOf(runId)),
    };
  }

  function references(runIds: readonly string[]): readonly RunReference[] {
    const { connectionId, experimentId } = source;
    return runIds.map((runId) => ({ connectionId, experimentId, runId }));
  }

  async function readAll(): Promise<void> {
    await reader.want(MOST_RUNS);
    arrange();
  }

  async function act(action: RunAction, runs: readonly RunReference[]): Promise<void> {
    const following = { table: source, isOn: true };
    if (action === 'chart') {
      if (!followers.reveal('charts', source, runs)) await showCharts(services, { runs, following });
    } else if (action === 'compare') {
      if (!followers.reveal('comparison', source, runs)) await showRunComparison(services, { runs, following });
    } else await commands.executeCommand(COMMANDS[action], action === 'open' ? runs[0] : runs);
  }

  const tell = answerWebview<RunsTableRequests, RunsTableEvent>(panelPort(panel.webview), RUNS_TABLE_CHECKS, {
    ready({ view: kept }) {
      view = kept ?? DEFAULT_VIEW;
      isAsked = false;
      void reader.read({ filter: view.filter, sort: view.sort });
      return source;
    },
    retry: () => reader.read(),
    showLog: () => log.show(),
    setView: (argument) => setView(argument.view),
    rows: readRows,
    async runIds({ from, to }) {
      await reader.want(rows.runsFor(to));
      arrange();
      return rows.all.slice(from, to).flatMap((row) => {
        const slot = slotOf(row);
        return slot === undefined || reader.columns.isContext(slot) ? [] : reader.columns.runId(slot);
      });
    },
    async allRunIds() {
      await readAll();
      return runsOf(reader.columns, rows.all).map((slot) => reader.columns.runId(slot));
    },
    distribution: ({ id }) => distributionOf(rows.columns, id),
    complete: async ({ text }) => completeFilter(await reader.examples(), text),
    async chooseColumns() {
      const picked = await pickColumns(reader.columns, chosen());
      if (picked) setView({ ...view, columns: picked });
    },
    async chooseGroup() {
      const picked = await pickGroup(reader.columns, view.groupBy);
      if (picked) setView({ ...view, groupBy: picked.id, closedGroups: [] });
    },
    async chooseView() {
      const picked = await pickView(context.workspaceState, { ...view, columns: chosen() });
      if (picked) setView(picked);
    },
    gone({ runIds }) {
      if (!reader.isWhole) return [];
      const { columns } = reader;
      return runIds.filter(
        (runId) => columns.isContext(columns.slot(runId) ?? -1) || columns.slot(runId) === undefined,
      );
    },
    selected({ runIds }) {
      followers.select(source, references(runIds));
    },
    act: ({ action, runIds }) => telling(() => act(action, references(runIds))),
    ...tableCopies({ panel, rows, statistics, choices, readAll }),
  });
  const send = logFailures(log, tell);

  const watch = watchTable(connections, source, {
    runs: (runIds) => reader.update(runIds),
    all: () => reader.read(),
  });
  const tick = setInterval(() => {
    if (panel.visible) showSoon();
  }, TICK);
  panel.onDidDispose(() => {
    watch.dispose();
    clearInterval(tick);
    clearTimeout(timer);
  });
  panel.webview.options = webviewOptions(context.extensionUri);
  panel.webview.html = webviewPage(panel.webview, context.extensionUri, 'runsTable');
}
