import { type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { ConfiguredBackend } from '../../runner/backend/backendConfig.ts';
import { backendTemplates } from '../../runner/backend/backendTemplates.ts';
import { readProjectFile } from '../editors/readProject.ts';
import { findProjectFiles } from '../services/mlflowSigns.ts';

const BACKENDS: readonly (QuickPickItem & { readonly backend: ConfiguredBackend })[] = [
  { backend: 'kubernetes', label: 'Kubernetes', detail: 'A repository for images, and the template of a job' },
  { backend: 'databricks', label: 'Databricks', detail: 'The cluster that runs the project' },
];

/** Writes the files that a backend is configured with beside an MLproject file, to go on from, and opens the first. */
export async function createBackendConfig(): Promise<void> {
  if (!workspace.isTrusted) throw new Error('Nothing is written in Restricted Mode.');
  const project = await chooseProject();
  const picked = project && (await window.showQuickPick(BACKENDS, { title: 'Create Backend Configuration' }));
  if (!project || !picked) return;
  const { name } = await readProjectFile(project);
  const folder = Uri.joinPath(project, '..');
  const files = backendTemplates(picked.backend, name ?? 'project').map((file) => ({
    uri: Uri.joinPath(folder, file.name),
    text: file.text,
  }));
  for (const { uri, text } of files)
    if (!(await exists(uri))) await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const [first] = files;
  if (first) await window.showTextDocument(first.uri);
}

async function chooseProject(): Promise<Uri | undefined> {
  const active = window.activeTextEditor?.document;
  if (active?.languageId === 'mlproject' && active.uri.scheme === 'file') return active.uri;
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const projects = (await Promise.all(folders.map((folder) => findProjectFiles(folder)))).flat();
  if (projects.length === 0) throw new Error('There is no MLproject file in this workspace.');
  if (projects.length === 1) return projects[0];
  const items = projects.map((uri) => ({ label: workspace.asRelativePath(uri), uri }));
  return (await window.showQuickPick(items, { title: 'For which project?' }))?.uri;
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false; // FileSystemError.FileNotFound
  }
}
