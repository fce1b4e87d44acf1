import path from 'node:path';
import { FileType, Uri, window, workspace } from 'vscode';
import type { EntryPointPlace } from '../editors/entryPoints.ts';

/**
 * Lets the user choose a file or folder, as what is there or the parameter's name suggests: some systems have a dialog
 * for each, and none for both.
 * @returns its path: relative to the project inside of it, else absolute
 */
export async function pickPath(place: EntryPointPlace, parameter: string, value: string): Promise<string | undefined> {
  const project = Uri.joinPath(place.document.uri, '..');
  const current = value === '' ? project : Uri.file(path.resolve(project.fsPath, value));
  const isFolder = value === '' ? /dir|folder/i.test(parameter) : await isFolderAt(current);
  const [picked] =
    (await window.showOpenDialog({
      title: `Choose ${parameter}`,
      defaultUri: (await exists(current)) ? current : project,
      canSelectFiles: !isFolder,
      canSelectFolders: isFolder,
      openLabel: 'Choose',
    })) ?? [];
  if (!picked) return undefined;
  const relative = path.relative(project.fsPath, picked.fsPath);
  const isInside = relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
  return isInside ? relative || '.' : picked.fsPath;
}

async function isFolderAt(uri: Uri): Promise<boolean> {
  return (await stat(uri))?.type === FileType.Directory;
}

async function exists(uri: Uri): Promise<boolean> {
  return (await stat(uri)) !== undefined;
}

async function stat(uri: Uri) {
  try {
    return await workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
}
