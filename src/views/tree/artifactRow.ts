import type { FileInfo } from '../../entities/artifact.ts';
import { formatBytes } from '../formatNumber.ts';
import { oneLine, type TreeRow } from './row.ts';

/** @param holdsModel whether the folder is known to hold a model */
export function artifactRow(file: FileInfo, holdsModel: boolean): TreeRow {
  const label = oneLine(file.path.split('/').at(-1) ?? file.path, 300);
  if (!file.isDir) {
    const size = file.fileSize === undefined ? undefined : formatBytes(file.fileSize);
    return { label, description: size, words: ['artifact', 'file'], expansion: 'none' };
  }
  const words = ['artifact', 'folder', ...(holdsModel ? ['registrable'] : [])];
  return { label, description: holdsModel ? 'model' : undefined, words, expansion: 'collapsed' };
}
