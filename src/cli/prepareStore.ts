import path from 'node:path';
import { isFolder } from '../files/read.ts';
import { createFile, makeFolder } from '../files/write.ts';

/** Makes the folder of a new store. One named `.mlflow` is ours alone, so it also keeps itself out of git. */
export function prepareStore(store: string): void {
  if (isFolder(store)) return;
  makeFolder(store);
  if (path.basename(store) === '.mlflow') createFile(path.join(store, '.gitignore'), '*\n');
}
