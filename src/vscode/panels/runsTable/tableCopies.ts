import { env, ProgressLocation, type WebviewPanel, window } from 'vscode';
import type { Handlers } from '../../../protocol/channel.ts';
import type { RunsTableRequests } from '../../../protocol/runsTable.ts';
import { type Row, runsOf, slotOf } from '../../../views/runsTable/arrange.ts';
import { type ColumnChoice, columnKey } from '../../../views/runsTable/columns.ts';
import { exportTable, sheetText } from '../../../views/runsTable/exportTable.ts';
import type { TableRows } from '../../../views/runsTable/tableRows.ts';
import { telling } from '../telling.ts';
import { saveExport } from './runsTablePicks.ts';
import { KEPT, type RunsTableStatistics } from './runsTableStatistics.ts';

/** What copies of a table are made from. */
export interface CopiedTable {
  readonly panel: WebviewPanel;
  readonly rows: TableRows;
  readonly statistics: RunsTableStatistics;
  /** The columns that are shown. */
  choices(): readonly ColumnChoice[];
  /** Reads all runs that match, and gives them their rows. */
  readAll(): Promise<void>;
}

/** Cells and runs for the clipboard, and whole tables for files. */
export function tableCopies(
  table: CopiedTable,
): Pick<Handlers<RunsTableRequests>, 'chooseExport' | 'copy' | 'copyCell'> {
  const { panel, rows, statistics, choices } = table;
  const shown = () => ({ columns: rows.columns, choices: choices(), statistics, now: Date.now() });

  /** Reads what is to be written elsewhere, seen or not. */
  async function readStatistics(wanted: readonly Row[]): Promise<void> {
    const asked = choices().filter(({ statistic }) => statistic !== 'curve');
    const count = statistics.wantAll(rows.columns, wanted, asked);
    if (count > KEPT) {
      throw new Error(`Filter the runs or hide columns such as min and max: they would take ${count} requests.`);
    }
    await window.withProgress({ location: ProgressLocation.Window, title: 'Reading metrics' }, () =>
      statistics.settle(),
    );
  }

  return {
    chooseExport: () =>
      telling(async () => {
        await table.readAll();
        await readStatistics(runsOf(rows.columns, rows.all));
        await saveExport(panel.title, (format) => exportTable({ ...shown(), rows: rows.all }, format));
      }),
    async copyCell({ row, column }) {
      const slot = slotOf(rows.all[row] ?? -1);
      const choice = choices().find((it) => columnKey(it) === column);
      if (slot === undefined || !choice) return;
      const [, ...lines] = sheetText({ ...shown(), choices: [choice], rows: [slot] }).split('\n');
      await env.clipboard.writeText(lines.join('\n'));
      window.setStatusBarMessage('$(check) Cell copied', 3_000);
    },
    copy: ({ runIds }) =>
      telling(async () => {
        const slots = runIds.flatMap((runId) => rows.columns.slot(runId) ?? []);
        await readStatistics(slots);
        await env.clipboard.writeText(sheetText({ ...shown(), rows: slots }));
        window.setStatusBarMessage(`$(check) ${runIds.length} runs copied`, 3_000);
      }),
  };
}
