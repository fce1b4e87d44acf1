import type { ColumnChoice } from './columns.ts';
import type { SortKey } from './order.ts';

/** How a table is looked at: what a saved view holds. */
export interface RunsTableView {
  /** Chosen by the table while absent. */
  readonly columns?: readonly ColumnChoice[] | undefined;
  /** Params, metrics and tags that are the same in all runs are left out. */
  readonly onlyDiffering?: boolean | undefined;
  /** The most important first; the newest runs first when empty. */
  readonly sort: readonly SortKey[];
  /** MLflow's search language. */
  readonly filter: string;
  /** Id of the column whose values make groups. */
  readonly groupBy?: string | undefined;
  /** Values of groups that are closed. */
  readonly closedGroups: readonly string[];
  /** Children stand among the others instead of below their parents. */
  readonly flat?: boolean | undefined;
  /** Parents whose children are shown. */
  readonly openRuns?: readonly string[] | undefined;
  /** Parents that do not match the filter, and whose children are hidden although they do. */
  readonly closedRuns?: readonly string[] | undefined;
  /** Runs that stay at the top. */
  readonly pinnedRuns: readonly string[];
  readonly hiddenRuns: readonly string[];
}

export const DEFAULT_VIEW: RunsTableView = {
  sort: [],
  filter: '',
  closedGroups: [],
  pinnedRuns: [],
  hiddenRuns: [],
};
