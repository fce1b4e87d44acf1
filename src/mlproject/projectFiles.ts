/** The folder of an MLproject file, as far as its checks ask about it. Paths are relative to it, with slashes. */
export interface ProjectFiles {
  /** Whether there is such a file or folder. */
  exists(path: string): boolean;
  /** The text of a file; `undefined` where there is none, or where it is too long to be looked at. */
  read(path: string): string | undefined;
  /** What is in a folder, the names of folders with a slash at their end; nothing where there is no such folder. */
  list(path: string): readonly string[];
}
