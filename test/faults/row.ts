/** What one fault did: a row of the table that `npm run faults` prints. */
export interface FaultRow {
  readonly fault: string;
  /** What was counted, and how many of them there were. */
  readonly unit: string;
  readonly done: number;
  /** Acknowledged writes that were not there. */
  readonly lost: readonly string[];
  /** Whatever else was not as it must be: torn files, wrong answers, dead servers. */
  readonly broken: readonly string[];
  /** Figures that belong to it. */
  readonly notes?: string;
  readonly target: string;
}
