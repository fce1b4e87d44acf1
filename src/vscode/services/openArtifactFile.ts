import { commands, type Uri, window } from 'vscode';
import { formatBytes } from '../../views/formatNumber.ts';
import { ASK_LIMIT } from '../../views/runDetails/artifacts.ts';

/** Larger files are never opened in an editor, which would hold all of them in memory (bytes). */
const NEVER = 256 * 1024 * 1024;

/** Opens an artifact in the editor that VS Code has for it; asks before a large one. @param bytes of the file, where known */
export async function openArtifactFile(document: Uri, bytes: number | undefined): Promise<void> {
  const name = document.path.split('/').at(-1) ?? '';
  if (bytes !== undefined && bytes > NEVER) {
    throw new Error(`'${name}' has ${formatBytes(bytes)}, which is too large for an editor: download it instead.`);
  }
  if (bytes !== undefined && bytes > ASK_LIMIT) {
    const detail = `It has ${formatBytes(bytes)}, all of which has to be fetched from the tracking server first.`;
    const answer = await window.showWarningMessage(`Open '${name}'?`, { modal: true, detail }, 'Open');
    if (answer !== 'Open') return;
  }
  await commands.executeCommand('vscode.open', document, { preview: true });
}
