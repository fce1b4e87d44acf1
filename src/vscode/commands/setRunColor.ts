import { type QuickPickItem, ThemeColor, ThemeIcon, window } from 'vscode';
import { COLOR_NAMES, PALETTE, RUN_COLOR_TAG } from '../../views/runColor.ts';
import { chosenRuns } from './chosenRuns.ts';
import type { CommandContext } from './command.ts';

interface ColorItem extends QuickPickItem {
  /** Absent: the one that comes from the run's id. */
  readonly color?: string;
}

/** Gives runs a colour in the tree, the table and all charts: kept in the tag that MLflow's own UI reads. */
export async function setRunColor(context: CommandContext, target: unknown, selection: unknown): Promise<void> {
  const runs = await chosenRuns(context, target, selection, 'Set Color');
  if (runs.length === 0) return;
  const title = runs.length === 1 ? `Color of ${runs[0]?.run.info.runName}` : `Color of ${runs.length} Runs`;
  const colors = PALETTE.map((color, at): ColorItem => {
    const iconPath = new ThemeIcon('circle-filled', new ThemeColor(`mlflow.run${at + 1}`));
    return { label: COLOR_NAMES[at] ?? color, color, iconPath };
  });
  const own: ColorItem = { label: 'Its Own', description: 'by its id', iconPath: new ThemeIcon('discard') };
  const picked = await window.showQuickPick([...colors, own], { title, placeHolder: 'Color' });
  if (!picked) return;
  for (const { connection, run } of runs) {
    const { runId } = run.info;
    if (picked.color) {
      await connection.tracking.logBatch(runId, { tags: [{ key: RUN_COLOR_TAG, value: picked.color }] });
    } else if (run.data.tags.has(RUN_COLOR_TAG)) await connection.tracking.deleteTag(runId, RUN_COLOR_TAG);
  }
}
