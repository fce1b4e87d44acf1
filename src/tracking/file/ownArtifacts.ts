import path from 'node:path';
import { artifactSegments } from '../../entities/artifactPath.ts';
import { pathOfUri } from '../../files/fileUri.ts';
import { stat } from '../../files/read.ts';
import { realPath } from '../../files/realPath.ts';
import { ARTIFACTS } from './layout.ts';

const PROXIED = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*/;

/** Folders that belong to a store: all that lies in them may be removed with what it belongs to. */
export interface ArtifactHomes {
  readonly root: string;
  /** The one behind `mlflow-artifacts:`; absent where nobody serves it. */
  readonly destination: string | undefined;
}

/** Where artifacts lie. */
export type ArtifactPlace =
  | { readonly kind: 'own'; readonly folder: string }
  /** There is something, and it is not ours to remove. */
  | { readonly kind: 'elsewhere'; readonly uri: string };

/**
 * Where the artifacts of a run or model lie; `undefined` where there are none. Only a folder that is named after its owner
 * is its own: `<home>/…/<id>/artifacts`, or `<home>/…/<id>` for an experiment; and only where no link leads out of the home.
 */
export function artifactPlace(homes: ArtifactHomes, uri: string, ownerId: string): ArtifactPlace | undefined {
  const folder = folderOf(homes, uri);
  const elsewhere = { kind: 'elsewhere', uri } as const;
  if (folder === undefined) return elsewhere;
  if (!stat(folder)) return undefined;
  const named = path.basename(folder) === ARTIFACTS ? path.dirname(folder) : folder;
  const home = [homes.root, homes.destination].find((it) => it !== undefined && isBelow(it, named));
  if (home === undefined || path.basename(named) !== ownerId) return elsewhere;
  const isStraight = realPath(named) === path.join(realPath(home), path.relative(home, named));
  return isStraight ? { kind: 'own', folder: named } : elsewhere;
}

/** `undefined` for what lies on no disk of this machine. */
function folderOf({ destination }: ArtifactHomes, uri: string): string | undefined {
  if (!PROXIED.test(uri)) return pathOfUri(uri);
  const rest = uri.replace(PROXIED, '');
  // A URI that was written into the file by hand may lead anywhere.
  if (destination === undefined || rest.split('/').includes('..')) return undefined;
  return path.join(destination, ...artifactSegments(rest));
}

/** Whether a path lies in a folder, and is not that folder. */
export function isBelow(folder: string, target: string): boolean {
  const relative = path.relative(folder, target);
  return relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
}
