/** What a run takes on the server's disk: its folder, and its artifacts where the server keeps them. */
export interface RunUsage {
  readonly runId: string;
  readonly bytes: number;
}

export interface ExperimentUsage {
  /** Runs, logged models, traces and artifacts together. */
  readonly bytes: number;
  /** Deleted ones included. */
  readonly runs: readonly RunUsage[];
}

/** What became of something that was deleted for good. */
export interface Purged {
  /** URIs and paths of artifacts that lie outside of what the server keeps, or could not be removed: they are still there. */
  readonly leftBehind: readonly string[];
}
