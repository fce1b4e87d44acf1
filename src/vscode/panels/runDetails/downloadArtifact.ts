import path from 'node:path';
import { commands, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { ArtifactRepository } from '../../../artifacts/repository.ts';
import type { FileInfo } from '../../../entities/artifact.ts';
import { saveArtifact, saveArtifactFolder } from '../../../runner/saveArtifact.ts';
import { formatBytes } from '../../../views/formatNumber.ts';

/** Downloads a file or folder to a place that the user chooses, piece by piece, with progress; it can be stopped. @param title of all the artifacts */
export async function downloadArtifact(repository: ArtifactRepository, file: FileInfo, title: string): Promise<void> {
  const name = file.path.split('/').at(-1) || title.replace(/[^\w.-]+/g, '-');
  const target = file.isDir ? await chooseFolder(name) : await chooseFile(name);
  if (!target) return;
  const isDone = await window.withProgress(
    { location: ProgressLocation.Notification, title: `Downloading ${name}`, cancellable: true },
    async (progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      let [bytes, told, shown] = [0, 0, 0];
      const onBytes = (piece: number) => {
        bytes += piece;
        if (Date.now() - told < 200) return;
        told = Date.now();
        const whole = file.fileSize;
        if (!whole) return progress.report({ message: formatBytes(bytes) });
        const percent = (bytes / whole) * 100;
        progress.report({ message: `${formatBytes(bytes)} of ${formatBytes(whole)}`, increment: percent - shown });
        shown = percent;
      };
      const options = { signal: stop.signal, onBytes };
      try {
        if (file.isDir) await saveArtifactFolder(repository, file.path, target.fsPath, options);
        else await saveArtifact(repository, file.path, target.fsPath, options);
        return true;
      } catch (error) {
        if (stop.signal.aborted) return false;
        throw error;
      }
    },
  );
  if (isDone) void offerToShow(name, target);
}

async function chooseFile(name: string): Promise<Uri | undefined> {
  return window.showSaveDialog({ title: `Download ${name}`, defaultUri: placeFor(name), saveLabel: 'Download' });
}

/** A new folder of this name in the chosen one. */
async function chooseFolder(name: string): Promise<Uri | undefined> {
  const [parent] =
    (await window.showOpenDialog({
      title: `Download ${name}: choose the folder to put it in`,
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: 'Download Here',
      ...(workspace.workspaceFolders?.[0] && { defaultUri: workspace.workspaceFolders[0].uri }),
    })) ?? [];
  return parent && Uri.joinPath(parent, name);
}

function placeFor(name: string): Uri {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return folder ? Uri.joinPath(folder, name) : Uri.file(path.resolve(name));
}

async function offerToShow(name: string, target: Uri): Promise<void> {
  const answer = await window.showInformationMessage(`Downloaded ${name} to ${target.fsPath}.`, 'Show in Folder');
  if (answer) await commands.executeCommand('revealFileInOS', target);
}
