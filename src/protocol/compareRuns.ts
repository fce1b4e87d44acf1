import type { Comparison, DiffTarget } from '../views/compareRuns.ts';
import { type Checks, isObject } from './channel.ts';

export type {
  ComparedRun,
  Comparison,
  ComparisonCell,
  ComparisonRow,
  ComparisonSection,
  DiffTarget,
} from '../views/compareRuns.ts';

/** What the extension tells the comparison. */
export type CompareRunsEvent =
  | { readonly kind: 'show'; readonly comparison: Comparison }
  /** Nothing can be read at the moment; what is shown stays. */
  | { readonly kind: 'failed'; readonly message: string };

/** What the comparison asks the extension. */
export type CompareRunsRequests = {
  /** The webview listens now. @returns what it keeps in its state, so that the extension can bring the panel back */
  ready(argument: { readonly baselineId: string | undefined }): unknown;
  retry(argument: undefined): void;
  setBaseline(argument: { readonly runId: string }): void;
  copyAsMarkdown(argument: { readonly onlyDifferences: boolean }): void;
  /** Opens VS Code's diff editor: the baseline beside another run, which is asked for where there are several. */
  openDiff(argument: DiffTarget): void;
};

export const COMPARE_RUNS_CHECKS: Checks<CompareRunsRequests> = {
  ready: (argument): argument is { readonly baselineId: string | undefined } =>
    isObject(argument) && (argument.baselineId === undefined || typeof argument.baselineId === 'string'),
  setBaseline: (argument): argument is { readonly runId: string } =>
    isObject(argument) && typeof argument.runId === 'string',
  openDiff: (argument): argument is DiffTarget =>
    isObject(argument) &&
    (argument.kind === 'parameters' ||
      argument.kind === 'code' ||
      (argument.kind === 'artifact' && typeof argument.path === 'string')),
  copyAsMarkdown: (argument): argument is { readonly onlyDifferences: boolean } =>
    isObject(argument) && typeof argument.onlyDifferences === 'boolean',
};

/** What is kept over a reload. */
export interface CompareRunsState {
  readonly source: unknown;
  readonly onlyDifferences: boolean;
  readonly baselineId?: string | undefined;
  /** Titles of the sections that were opened or closed by hand. */
  readonly toggled: readonly string[];
}
