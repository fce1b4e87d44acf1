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
  for (const [name, type] of await entries(folder)) {
    if (type & FileType.Directory && /^\d+$/.test(name) && (await exists(Uri.joinPath(folder, name, 'meta.yaml')))) {
      return true;
    }
  }
  return false;
}

async function entries(folder: Uri): Promise<readonly [string, FileType][]> {
  return (await exists(folder)) ? workspace.fs.readDirectory(folder) : [];
}

function exists(uri: Uri): Promise<boolean> {
  return Promise.resolve(workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
}
