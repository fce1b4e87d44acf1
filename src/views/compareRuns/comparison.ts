import type { RunStatus } from '../../entities/run.ts';
import type { ImageStrip } from '../images.ts';
import type { RunColor } from '../runColor.ts';

/** Several runs side by side. */
export interface Comparison {
  readonly runs: readonly ComparedRun[];
  /** The run that differences count from. */
  readonly baselineId: string;
  readonly sections: readonly ComparisonSection[];
  /** Pictures that the runs have logged. */
  readonly images: readonly ImageStrip[];
}

export interface ComparedRun extends RunColor {
  readonly runId: string;
  readonly name: string;
  readonly status: RunStatus;
}

export interface ComparisonSection {
  readonly title: string;
  /** Those that are to be seen. */
  readonly rows: readonly ComparisonRow[];
  /** Of all rows, of those that differ, and of those that would be seen if there were no limit. */
  readonly count: number;
  readonly differing: number;
  readonly matching: number;
  /** Closed until it is opened: what is rarely asked for. */
  readonly folded: boolean;
  readonly numeric: boolean;
  /** What the section says of each run in a few words, beside its title. */
  readonly summary?: readonly ComparisonCell[] | undefined;
  /** What the diff of the whole section is about, where it has one. */
  readonly diff?: DiffTarget | undefined;
}

/** Which rows of a comparison are to be seen. */
export interface RowChoice {
  readonly onlyDifferences: boolean;
  /** A part of their keys, upper or lower case; all of them when empty. */
  readonly filter: string;
  /** Rows of a section, by its title. */
  readonly limits: Readonly<Record<string, number>>;
  /** Rows of the other sections: thousands of metrics would hold up the editor and the page. */
  readonly limit: number;
}

export const ALL_ROWS: RowChoice = {
  onlyDifferences: false,
  filter: '',
  limits: {},
  limit: Number.POSITIVE_INFINITY,
};

/** What VS Code's diff editor can show of two runs. */
export type DiffTarget =
  | { readonly kind: 'parameters' }
  | { readonly kind: 'code' }
  | { readonly kind: 'artifact'; readonly path: string };

export interface ComparisonRow {
  readonly key: string;
  /** What its diff is about, where it has one. */
  readonly diff?: DiffTarget | undefined;
  /** One a run, in the order of the runs. */
  readonly cells: readonly ComparisonCell[];
  readonly differs: boolean;
}

export interface ComparisonCell {
  /** `undefined`: the run has no such value. */
  readonly text: string | undefined;
  /** The value in full, where the text is shorter. */
  readonly full?: string | undefined;
  /** Difference from the baseline, such as `+2.5 %`. */
  readonly delta?: string | undefined;
}

/** A file among a run's artifacts. */
export interface ArtifactFacts {
  /** bytes */
  readonly size: number;
  /** The same for the same content; absent where that was not looked at. */
  readonly digest?: string | undefined;
  /** What stands in it; of files that tell the environment. */
  readonly text?: string | undefined;
}

/** What the comparison is told beyond the runs themselves. */
export interface RunFacts {
  readonly artifacts: ReadonlyMap<string, ArtifactFacts>;
  /** Files of the code that are others than at the baseline's commit; absent where the commits are not at hand. */
  readonly changedFiles?: readonly string[] | undefined;
}

export type FactsByRun = ReadonlyMap<string, RunFacts>;
