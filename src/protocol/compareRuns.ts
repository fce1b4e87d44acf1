import type { Comparison, DiffTarget, RowChoice } from '../views/compareRuns/comparison.ts';
import type { ComparedCurve } from '../views/compareRuns/curves.ts';
import { type Checks, isObject } from './channel.ts';
import type { Picture } from './picture.ts';

export type {
  ComparedRun,
  Comparison,
  ComparisonCell,
  ComparisonRow,
  ComparisonSection,
  DiffTarget,
} from '../views/compareRuns/comparison.ts';

import { FOLLOWING_CHECKS, type FollowingRequests } from './following.ts';
import type { NoticeRequests } from './notice.ts';

export type { ComparedCurve } from '../views/compareRuns/curves.ts';

/** What a comparison is looked at for. */
export interface ComparisonView extends RowChoice {
  /** The first run when absent. */
  readonly baselineId?: string | undefined;
}

/** What the extension tells the comparison. */
export type CompareRunsEvent =
  | {
      readonly kind: 'show';
      readonly comparison: Comparison;
      /** What the webview keeps, as after `ready`: other runs may have been selected. */
      readonly source: unknown;
      /** Whether the selection of a table is shown; absent where none was the beginning. */
      readonly isFollowing: boolean | undefined;
    }
  /** Nothing can be read at the moment; what is shown stays. */
  | { readonly kind: 'failed'; readonly message: string };

/** What the comparison asks the extension. */
export type CompareRunsRequests = NoticeRequests &
  FollowingRequests & {
    /** The webview listens now. @returns what it keeps in its state, so that the extension can bring the panel back */
    ready(argument: { readonly view: ComparisonView }): unknown;
    setView(argument: { readonly view: ComparisonView }): void;
    openRun(argument: { readonly runId: string }): void;
    /** The curves of all runs over each other, of the metrics that can be seen. */
    readCurves(argument: { readonly keys: readonly string[] }): readonly ComparedCurve[];
    readImage(argument: { readonly runId: string; readonly path: string }): Picture;
    copyAsMarkdown(argument: { readonly onlyDifferences: boolean }): void;
    /** Opens VS Code's diff editor: the baseline beside another run, which is asked for where there are several. */
    openDiff(argument: DiffTarget): void;
  };

export const COMPARE_RUNS_CHECKS: Checks<CompareRunsRequests> = {
  ...FOLLOWING_CHECKS,
  ready: isViewed,
  openRun: isRun,
  readCurves: (argument): argument is { readonly keys: readonly string[] } =>
    isObject(argument) && Array.isArray(argument.keys) && argument.keys.every((key) => typeof key === 'string'),
  readImage: (argument): argument is { readonly runId: string; readonly path: string } =>
    isObject(argument) && typeof argument.path === 'string' && isRun(argument),
  setView: isViewed,
  openDiff: (argument): argument is DiffTarget =>
    isObject(argument) &&
    (argument.kind === 'parameters' ||
      argument.kind === 'code' ||
      (argument.kind === 'artifact' && typeof argument.path === 'string')),
  copyAsMarkdown: (argument): argument is { readonly onlyDifferences: boolean } =>
    isObject(argument) && typeof argument.onlyDifferences === 'boolean',
};

function isViewed(value: unknown): value is { readonly view: ComparisonView } {
  if (!isObject(value) || !isObject(value.view)) return false;
  const { baselineId, onlyDifferences, filter, limits, limit } = value.view;
  return (
    (baselineId === undefined || typeof baselineId === 'string') &&
    typeof onlyDifferences === 'boolean' &&
    typeof filter === 'string' &&
    typeof limit === 'number' &&
    isObject(limits) &&
    Object.values(limits).every((most) => typeof most === 'number')
  );
}

function isRun(value: unknown): value is { readonly runId: string } {
  return isObject(value) && typeof value.runId === 'string';
}

/** What is kept over a reload. */
export interface CompareRunsState {
  readonly source: unknown;
  readonly onlyDifferences: boolean;
  readonly baselineId?: string | undefined;
  /** Titles of the sections that were opened or closed by hand. */
  readonly toggled: readonly string[];
  /** A part of the keys that are shown; all of them when empty. */
  readonly filter?: string | undefined;
  /** Key of a picture → the step that is looked at. */
  readonly steps?: Readonly<Record<string, number>> | undefined;
}
