/** An entry of an artifact folder. */
export interface FileInfo {
  /** Relative to the artifact root, `/` between segments. */
  readonly path: string;
  readonly isDir: boolean;
  /** bytes; absent for folders. */
  readonly fileSize: number | undefined;
}
