import { ViewColumn, window } from 'vscode';
import type { ArtifactRepository } from '../../../artifacts/repository.ts';
import type { FileInfo } from '../../../entities/artifact.ts';
import { formatBytes } from '../../../views/formatNumber.ts';
import { sandboxedPage } from '../../../views/runDetails/sandboxedPage.ts';
import { readStart } from './readStart.ts';

/** bytes */
const LIMIT = 16 * 1024 * 1024;

/** Shows an HTML file as a page that can do nothing: no scripts, no network, no forms. */
export async function showPage(repository: ArtifactRepository, { path }: FileInfo): Promise<void> {
  const { bytes, isCut } = await readStart(repository, path, LIMIT);
  if (isCut) throw new Error(`Pages above ${formatBytes(LIMIT)} are not shown: download it instead.`);
  const name = path.split('/').at(-1) ?? path;
  const options = { enableScripts: false, enableForms: false, localResourceRoots: [] };
  const panel = window.createWebviewPanel('mlflow.page', name, ViewColumn.Active, options);
  panel.webview.html = sandboxedPage(new TextDecoder().decode(bytes));
}
