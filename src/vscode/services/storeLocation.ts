import { FileType, Uri, type WorkspaceFolder, workspace } from 'vscode';

/** Where the runs of a workspace folder are kept. */
export interface StoreLocation {
  readonly folder: Uri;
  /** False where the server will make it. */
  readonly exists: boolean;
}

/**
 * `mlruns` where MLflow already keeps a file store there, else `.mlflow`: a new `mlruns` would make plain Python
 * MLflow >= 3.13 refuse to work in the folder.
 */
export async function chooseStore(folder: WorkspaceFolder): Promise<StoreLocation> {
  const mlruns = Uri.joinPath(folder.uri, 'mlruns');
  if (await isFileStore(mlruns)) return { folder: mlruns, exists: true };
  const own = Uri.joinPath(folder.uri, '.mlflow');
  return { folder: own, exists: await isFileStore(own) };
}

async function isFileStore(folder: Uri): Promise<boolean> {
  const isFolder = ((await typeOf(folder)) ?? 0) & FileType.Directory;
  for (const [name, type] of isFolder ? await workspace.fs.readDirectory(folder) : []) {
    if (!(type & FileType.Directory) || !/^\d+$/.test(name)) continue;
    if ((await typeOf(Uri.joinPath(folder, name, 'meta.yaml'))) !== undefined) return true;
  }
  return false;
}

function typeOf(uri: Uri): Promise<FileType | undefined> {
  return Promise.resolve(workspace.fs.stat(uri)).then(
    ({ type }) => type,
    () => undefined,
  );
}
