import { type QuickPickItem, window } from 'vscode';
import { MlflowError } from '../../entities/error.ts';
import type { Run } from '../../entities/run.ts';
import { formatBytes } from '../../views/formatNumber.ts';
import { describeUsage, type UsageRow, usageRows } from '../../views/tree/diskUsage.ts';
import { type ChosenExperiment, chosenExperiment } from './chosenExperiment.ts';
import type { CommandContext } from './command.ts';

/** Runs whose names are shown: the newest, deleted ones too. */
const NAMED = 50_000;

/** Shows what an experiment takes on the disk, and which of its runs take most; one that is picked is opened. */
export async function showDiskUsage(context: CommandContext, target: unknown): Promise<void> {
  const chosen = await chosenExperiment(context, target, 'Show Disk Usage');
  if (!chosen) return;
  const { name } = chosen.experiment;
  const { usage, rows } = await window.withProgress({ location: { viewId: 'mlflow.experiments' } }, () => read(chosen));
  const items = rows.map((row): QuickPickItem & { row: UsageRow } => {
    return { label: row.name, description: `${formatBytes(row.bytes)}${row.isDeleted ? ' · deleted' : ''}`, row };
  });
  const title = `Disk usage of ${name}: ${describeUsage(usage)}`;
  const picked = await window.showQuickPick(items, { title, placeHolder: 'Largest first', matchOnDescription: true });
  if (picked?.row.runId === undefined) return;
  const { connection, experiment } = chosen;
  const { runId, name: runName } = picked.row;
  context.runDetails.show({ connectionId: connection.id, experimentId: experiment.experimentId, runId }, runName);
}

async function read({ connection: { tracking, label }, experiment: { experimentId } }: ChosenExperiment) {
  const usage = await tracking.measureExperiment(experimentId).catch((error: unknown) => {
    const isUnknown = error instanceof MlflowError && error.code === 'NOT_IMPLEMENTED';
    throw isUnknown ? new Error(`${label} does not tell what its runs take on the disk.`) : error;
  });
  const runs: Run[] = [];
  let pageToken: string | undefined;
  do {
    const search = { experimentIds: [experimentId], viewType: 'ALL', maxResults: 1_000, pageToken } as const;
    const page = await tracking.searchRuns(search);
    runs.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined && runs.length < NAMED);
  return { usage, rows: usageRows(usage, runs) };
}
