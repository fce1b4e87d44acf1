import { ProgressLocation, Uri, window, workspace } from 'vscode';
import type { SavedImage } from '../../../protocol/charts.ts';
import { csvLine } from '../../../views/csv.ts';
import type { ChartsRuns } from './chartsRuns.ts';

/** Points that one request reads. */
const PAGE = 25_000;

/** Writes all points of some curves, not only those that are drawn, into a file of the user's choice. */
export async function saveCurves(runs: ChartsRuns, metricKey: string, runIds: readonly string[]): Promise<void> {
  const target = await pickFile(metricKey, 'CSV', 'csv');
  if (!target) return;
  const options = {
    location: ProgressLocation.Notification,
    title: `Exporting ${metricKey}`,
    cancellable: true,
  };
  const isDone = await window.withProgress(options, async (progress, token) => {
    const lines = [csvLine(['run_id', 'run_name', 'step', 'timestamp', 'value'])];
    for (const runId of runIds) {
      if (token.isCancellationRequested) return false;
      progress.report({ increment: 100 / runIds.length });
      for await (const line of curveLines(runs, metricKey, runId)) lines.push(line);
    }
    await workspace.fs.writeFile(target, new TextEncoder().encode(lines.join('')));
    return true;
  });
  if (isDone) tellSaved(target);
}

async function* curveLines({ columns, reference, connection }: ChartsRuns, metricKey: string, runId: string) {
  const { tracking } = connection(reference(runId).connectionId);
  const name = columns.text(columns.slot(runId) ?? -1, 'attributes.run_name') ?? '';
  let pageToken: string | undefined;
  do {
    const page = await tracking.getMetricHistory(runId, metricKey, { maxResults: PAGE, pageToken });
    for (const { step, timestamp, value } of page.items) yield csvLine([runId, name, step, timestamp, value]);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
}

export async function saveImage({ name, format, content }: SavedImage): Promise<void> {
  const target = await pickFile(name, format.toUpperCase(), format);
  if (!target) return;
  await workspace.fs.writeFile(target, content);
  tellSaved(target);
}

async function pickFile(title: string, label: string, ending: string): Promise<Uri | undefined> {
  const name = `${title.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.${ending}`;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return window.showSaveDialog({
    filters: { [label]: [ending] },
    ...(folder && { defaultUri: Uri.joinPath(folder, name) }),
  });
}

function tellSaved(target: Uri): void {
  window.setStatusBarMessage(`$(check) Exported to ${target.path.split('/').at(-1)}`, 3_000);
}
