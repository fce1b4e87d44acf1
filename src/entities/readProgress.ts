/** How far the first reading of runs has come. */
export interface ReadProgress {
  /** Runs that are known. */
  readonly done: number;
  /** Runs that there are, or folders that look like it. */
  readonly total: number;
}
