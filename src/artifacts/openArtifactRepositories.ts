import path from 'node:path';
import { artifactSegments } from '../entities/artifactPath.ts';
import { invalidParameter, MlflowError } from '../entities/error.ts';
import { pathOfUri } from '../files/fileUri.ts';
import { isFolder } from '../files/read.ts';
import { localArtifactRepository } from './localArtifactRepository.ts';
import type { ArtifactRepositories } from './repository.ts';

export interface ArtifactRepositoriesOptions {
  /** Folder below which `mlflow-artifacts:/` URIs lie; they are not served when absent. */
  readonly destination?: string | undefined;
  /** Folder of the store whose artifacts these are, below which they lie by default. */
  readonly storeRoot?: string | undefined;
}

const NOT_SERVED =
  'This server serves no artifacts: it was started with --no-serve-artifacts. Clients reach them where they are.';

const PROXIED = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*/;

export function openArtifactRepositories(options: ArtifactRepositoriesOptions): ArtifactRepositories {
  const { destination, storeRoot } = options;
  return {
    open(uri) {
      if (PROXIED.test(uri)) {
        if (destination === undefined) throw new MlflowError('NOT_IMPLEMENTED', NOT_SERVED);
        return localArtifactRepository(path.join(destination, ...artifactSegments(uri.replace(PROXIED, ''))));
      }
      const folder = isRelative(uri) ? undefined : pathOfUri(uri);
      if (folder === undefined) {
        throw invalidParameter(
          `Artifacts at '${uri}' cannot be read: only local folders and mlflow-artifacts:/ are served.`,
        );
      }
      return localArtifactRepository(
        isFolder(folder) ? folder : (movedFolder(folder, storeRoot ?? destination ?? '') ?? folder),
      );
    },
  };
}

/** What names a place by the folder that this process happens to be in, such as the source of a prompt, is no place. */
function isRelative(uri: string): boolean {
  return !path.isAbsolute(uri) && !path.win32.isAbsolute(uri) && !/^[a-zA-Z][\w+.-]*:/.test(uri);
}

/** The end of the paths that MLflow gives to the artifacts of runs and models. */
const OWN_PART = /[\\/](\d+)[\\/](?:models[\\/])?([\w-]+)[\\/]artifacts$/;

/** Where a folder lies now whose store was moved or copied to another place: URIs on disk are absolute. */
function movedFolder(folder: string, root: string): string | undefined {
  const own = OWN_PART.exec(folder)?.[0];
  const candidate = own && path.join(root, own);
  return candidate && isFolder(candidate) ? candidate : undefined;
}
