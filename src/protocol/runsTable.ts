import type { Block, ShownColumn } from '../views/runsTable/block.ts';
import type { ColumnChoice } from '../views/runsTable/columns.ts';
import type { Completion } from '../views/runsTable/complete.ts';
import type { Distribution } from '../views/runsTable/distribution.ts';
import type { RunsTableView } from '../views/runsTable/view.ts';
import { type Checks, isObject } from './channel.ts';

export type {
  Block,
  BlockCells,
  GroupHead,
  RowHead,
  RunFamily,
  RunHead,
  ShownColumn,
} from '../views/runsTable/block.ts';

import type { NoticeRequests } from './notice.ts';

export type { ColumnChoice, Statistic } from '../views/runsTable/columns.ts';
export type { Completion } from '../views/runsTable/complete.ts';
export type { Distribution } from '../views/runsTable/distribution.ts';
export type { SortKey } from '../views/runsTable/order.ts';
export type { RunsTableView } from '../views/runsTable/view.ts';

/** Which runs a table is about: kept over a reload. */
export interface RunsTableSource {
  readonly connectionId: string;
  readonly experimentId: string;
  /** All of the experiment when absent. */
  readonly runIds?: readonly string[] | undefined;
}

/** What the extension tells the table. */
export type RunsTableEvent =
  | ShownTable
  /** Nothing can be read at the moment; what is shown stays. */
  | { readonly kind: 'failed'; readonly message: string };

/** What there is to show. Blocks that were read before are old now. */
export interface ShownTable {
  readonly kind: 'show';
  readonly columns: readonly ShownColumn[];
  /** How the table is looked at: the webview's own view, or one that was opened by name. */
  readonly view: RunsTableView;
  /** Rows that can be asked for, heads of groups included. */
  readonly rows: number;
  /** Runs that match the filter, and those that were read. */
  readonly total: number;
  readonly loaded: number;
  /** All runs of the experiment, where they have been counted. */
  readonly all?: number | undefined;
  /** Whether runs have parents, and whether they stand below them. */
  readonly nesting: 'none' | 'flat' | 'nested';
  /** MLflow's message about the filter. */
  readonly filterError?: string | undefined;
  /** Whether the server is still reading its store. */
  readonly isReading: boolean;
  /** The first rows as far as a window needs them, until the page asks for rows: they are seen a round trip earlier. */
  readonly first?: Block | undefined;
}

/** Rows that are read together: a block begins at a multiple of it. */
export const BLOCK_ROWS = 100;

export interface RowsRequest {
  readonly from: number;
  readonly to: number;
  /** Keys of columns. */
  readonly columns: readonly string[];
  /** Rows whose statistics are wanted: reading them takes a request each. */
  readonly visible: { readonly from: number; readonly to: number };
  /** Ids of runs whose places are wanted, to keep scroll and focus where they were. */
  readonly anchors: readonly string[];
}

export interface RowsReply {
  readonly block: Block;
  /** Row of each anchor, −1 where it is gone. */
  readonly places: readonly number[];
}

export const RUN_ACTIONS = ['open', 'chart', 'compare', 'tag', 'register', 'delete'] as const;
export type RunAction = (typeof RUN_ACTIONS)[number];

/** What the table asks the extension. */
export type RunsTableRequests = NoticeRequests & {
  /** The webview listens now. @returns what it keeps in its state, so that the extension can bring the panel back */
  ready(argument: { readonly view: RunsTableView | undefined }): unknown;
  setView(argument: { readonly view: RunsTableView }): void;
  rows(argument: RowsRequest): RowsReply;
  /** Ids of all runs that match, also of those that are folded or have not been read. */
  allRunIds(argument: undefined): readonly string[];
  /** Ids of the runs of some rows. */
  runIds(argument: { readonly from: number; readonly to: number }): readonly string[];
  /** @returns those of the runs that the table no longer shows, as far as all have been read */
  gone(argument: { readonly runIds: readonly string[] }): readonly string[];
  /** How the values of a column are spread over the runs that match. */
  distribution(argument: { readonly id: string }): Distribution;
  complete(argument: { readonly text: string }): Completion;
  /** Lets the user choose; the table is shown again when he has. */
  chooseColumns(argument: undefined): void;
  chooseGroup(argument: undefined): void;
  chooseView(argument: undefined): void;
  chooseExport(argument: undefined): void;
  /** These runs are selected now: screens that follow the table show them. */
  selected(argument: { readonly runIds: readonly string[] }): void;
  act(argument: { readonly action: RunAction; readonly runIds: readonly string[] }): void;
  /** Copies what a cell shows, in full. @param column key of a column */
  copyCell(argument: { readonly row: number; readonly column: string }): void;
  /** Copies runs as they are shown, for a spreadsheet. */
  copy(argument: { readonly runIds: readonly string[] }): void;
};

const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);
const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isOptional = (value: unknown, is: (value: unknown) => boolean) => value === undefined || is(value);
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

function isRange(value: unknown): value is { readonly from: number; readonly to: number } {
  return isObject(value) && isPlace(value.from) && isPlace(value.to);
}

const STATISTICS: readonly unknown[] = ['last', 'min', 'max', 'first', 'bestStep', 'curve'];

function isColumnChoice(value: unknown): value is ColumnChoice {
  return (
    isObject(value) &&
    isText(value.id) &&
    isOptional(value.statistic, (it) => STATISTICS.includes(it)) &&
    isOptional(value.width, (it) => typeof it === 'number' && it > 0) &&
    isOptional(value.pinned, isBoolean) &&
    isOptional(value.heat, isBoolean)
  );
}

/** For what was kept by another version, too. */
export function isRunsTableView(value: unknown): value is RunsTableView {
  return (
    isObject(value) &&
    isText(value.filter) &&
    isOptional(value.groupBy, isText) &&
    isOptional(value.flat, isBoolean) &&
    isOptional(value.onlyDiffering, isBoolean) &&
    isOptional(value.openRuns, isTexts) &&
    isOptional(value.closedRuns, isTexts) &&
    isOptional(value.columns, (it) => Array.isArray(it) && it.every(isColumnChoice)) &&
    Array.isArray(value.sort) &&
    value.sort.every((key) => isObject(key) && isText(key.id) && isBoolean(key.descending)) &&
    isTexts(value.closedGroups) &&
    isTexts(value.pinnedRuns) &&
    isTexts(value.hiddenRuns)
  );
}

export function isRunsTableSource(value: unknown): value is RunsTableSource {
  return (
    isObject(value) &&
    isText(value.connectionId) &&
    isText(value.experimentId) &&
    (value.runIds === undefined || isTexts(value.runIds))
  );
}

export const RUNS_TABLE_CHECKS: Checks<RunsTableRequests> = {
  ready: (argument): argument is { readonly view: RunsTableView | undefined } =>
    isObject(argument) && isOptional(argument.view, isRunsTableView),
  setView: (argument): argument is { readonly view: RunsTableView } =>
    isObject(argument) && isRunsTableView(argument.view),
  rows: (argument): argument is RowsRequest => isRange(argument) && 'columns' in argument && isRowsRequest(argument),
  runIds: isRange,
  gone: isRuns,
  distribution: (argument): argument is { readonly id: string } => isObject(argument) && isText(argument.id),
  complete: (argument): argument is { readonly text: string } => isObject(argument) && isText(argument.text),
  act: (argument): argument is { readonly action: RunAction; readonly runIds: readonly string[] } =>
    isObject(argument) && RUN_ACTIONS.some((action) => action === argument.action) && isTexts(argument.runIds),
  copyCell: (argument): argument is { readonly row: number; readonly column: string } =>
    isObject(argument) && isPlace(argument.row) && isText(argument.column),
  copy: isRuns,
  selected: isRuns,
};

function isRuns(value: unknown): value is { readonly runIds: readonly string[] } {
  return isObject(value) && isTexts(value.runIds);
}

function isRowsRequest(value: unknown): boolean {
  return isObject(value) && isTexts(value.columns) && isTexts(value.anchors) && isRange(value.visible);
}

/** What is kept over a reload. */
export interface RunsTableState {
  readonly source: unknown;
  readonly view: RunsTableView | undefined;
  /** px from the top of all rows and from the left. */
  readonly scroll: { readonly top: number; readonly left: number };
  readonly selected: readonly string[];
}
