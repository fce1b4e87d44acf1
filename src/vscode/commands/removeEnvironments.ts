import { ProgressLocation, type QuickPickItem, window } from 'vscode';
import { environmentRoot, listEnvironments, removeEnvironment } from '../../runner/environment/environments.ts';
import { formatAge, formatMoment } from '../../views/formatTime.ts';

/** Removes environments that runs of entry points have made; the next run that needs one makes it again. */
export async function removeEnvironments(): Promise<void> {
  const environments = listEnvironments();
  if (environments.length === 0) throw new Error(`No run has made an environment in ${environmentRoot()} yet.`);
  const items = environments.map(({ name, folder, lastUsed }): QuickPickItem & { name: string } => ({
    name,
    label: name.slice(0, 'mlflow-'.length + 8),
    description: `used ${formatAge(lastUsed, Date.now())} (${formatMoment(lastUsed)})`,
    detail: folder,
  }));
  const title = 'Remove Project Environments';
  const placeHolder = 'Choose those to remove: the next run that needs one makes it again';
  const picked = await window.showQuickPick(items, { title, placeHolder, canPickMany: true, matchOnDetail: true });
  if (!picked || picked.length === 0) return;
  const progress = { location: ProgressLocation.Notification, title: 'Removing environments', cancellable: true };
  await window.withProgress(progress, async (report, token) => {
    for (const { name, label } of picked) {
      if (token.isCancellationRequested) return;
      report.report({ message: label, increment: 100 / picked.length });
      // An environment has thousands of files: they are not to stop the editor.
      await removeEnvironment(name);
    }
  });
}
