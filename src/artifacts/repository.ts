import type { FileInfo } from '../entities/artifact.ts';

/**
 * The files below one artifact root. Paths are relative to it, `/` between segments, `''` is the root itself; a path
 * that leaves it, lexically or through a symlink, is refused with INVALID_PARAMETER_VALUE.
 */
export interface ArtifactRepository {
  /** The entries of a folder by name; none where there is no such folder. */
  list(path: string): Promise<readonly FileInfo[]>;
  /**
   * A file, or a part of it; the part ends where the file does, and is empty where it does not begin in it.
   * @throws RESOURCE_DOES_NOT_EXIST for a missing path or a folder; NOT_IMPLEMENTED for a part that begins far inside of a
   * file, where a server gives whole files only
   */
  read(path: string, range?: ByteRange): Promise<ArtifactContent>;
  /** Streams to a temporary file and renames it, so that nobody sees half of it. Replaces what is there. */
  write(path: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** A file or a whole folder; nothing happens where there is none. */
  delete(path: string): Promise<void>;
}

/** bytes */
export interface ByteRange {
  readonly from: number;
  /** Not in it any more. */
  readonly to: number;
}

export interface ArtifactContent {
  /** bytes of the whole file, where known beforehand. */
  readonly size: number | undefined;
  readonly stream: AsyncIterable<Uint8Array>;
}

/** Opens the repository that a URI names. */
export interface ArtifactRepositories {
  /**
   * @param uri an experiment's, run's or model's artifact root: `file:` URI, absolute path, or `mlflow-artifacts:/…`
   * (below the server's artifacts destination).
   * @throws INVALID_PARAMETER_VALUE for a scheme that nobody serves.
   */
  open(uri: string): ArtifactRepository;
}
