import { Uri, window, workspace } from 'vscode';

/**
 * Opens a terminal in the folder of an artifact on this machine. @param uri of the artifact
 * @throws an Error where it lies elsewhere, or the workspace is not trusted
 */
export async function openTerminal(uri: string, isFolder: boolean): Promise<void> {
  if (!workspace.isTrusted) throw new Error('Terminals are not opened in Restricted Mode.');
  if (!/^(?:file:|[/\\]|[a-z]:[/\\])/i.test(uri)) {
    throw new Error('These artifacts lie on a server: download them to open a terminal beside them.');
  }
  const place = uri.startsWith('file:') ? Uri.parse(uri) : Uri.file(uri);
  const cwd = isFolder ? place : Uri.joinPath(place, '..');
  const isHere = await workspace.fs.stat(cwd).then(
    () => true,
    () => false,
  );
  if (!isHere) throw new Error(`${cwd.fsPath} is not on this machine: download the artifacts instead.`);
  window.createTerminal({ cwd }).show();
}
