import path from 'node:path';
import { commands, env, Uri, workspace } from 'vscode';
import type { Run } from '../../../entities/run.ts';
import { originRows } from '../../../views/runDetails/origin.ts';

/** Opens what a line of "how it was made" names: the source file or folder on this machine, or an address. */
export async function openOrigin(run: Run, label: string): Promise<void> {
  const row = originRows(run).find((it) => it.label === label);
  if (row?.action === 'openLink') await env.openExternal(Uri.parse(row.value, true));
  if (row?.action === 'openSource') await openSource(row.value);
}

/** MLflow notes a script as it was called: absolute, or relative to a folder that is not told. */
async function openSource(source: string): Promise<void> {
  const place = source.startsWith('file:') ? Uri.parse(source.replace(/#.*$/, '')) : undefined;
  const folders = workspace.workspaceFolders ?? [];
  const candidates = place
    ? [place]
    : path.isAbsolute(source)
      ? [Uri.file(source)]
      : folders.map(({ uri }) => Uri.joinPath(uri, source));
  for (const candidate of candidates) {
    const stat = await workspace.fs.stat(candidate).then(
      (found) => found,
      () => undefined,
    );
    if (stat)
      return void (await commands.executeCommand(stat.type & 2 ? 'revealInExplorer' : 'vscode.open', candidate));
  }
  throw new Error(`${source} is not on this machine, or not in the workspace.`);
}
