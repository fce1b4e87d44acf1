import { RelativePattern, type TextDocument, type Uri, type WorkspaceFolder, workspace } from 'vscode';
import { chooseStore } from './storeLocation.ts';

/** MLflow takes the file name in any case. */
const PROJECT_FILE = '**/[Mm][Ll][Pp][Rr][Oo][Jj][Ee][Cc][Tt]';
const NOT_THEIRS = '**/{node_modules,site-packages,.git,.mlflow,mlruns}/**';
const IMPORT = /^[ \t]*(?:import|from)[ \t]+mlflow\b/m;
/** Imports stand at the top: characters of a document that are looked at. */
const LOOKED_AT = 20_000;

/** The MLproject files of a folder, at most `limit`. */
export async function findProjectFiles(folder: WorkspaceFolder, limit?: number): Promise<readonly Uri[]> {
  return workspace.findFiles(new RelativePattern(folder, PROJECT_FILE), NOT_THEIRS, limit);
}

/** True where the folder itself says that MLflow is used: a store or an MLproject file. */
export async function usesMlflow(folder: WorkspaceFolder): Promise<boolean> {
  if ((await chooseStore(folder)).exists) return true;
  return (await findProjectFiles(folder, 1)).length > 0;
}

/** True for a Python document (or cell of a notebook) that imports mlflow. */
export function importsMlflow(document: TextDocument): boolean {
  return document.languageId === 'python' && IMPORT.test(document.getText().slice(0, LOOKED_AT));
}
