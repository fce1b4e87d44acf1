import type { ArtifactEntry, ArtifactPlace, Preview } from '../views/runDetails/artifacts.ts';
import type { MetricCurve, MetricPage, MetricQuery } from '../views/runDetails/metricRows.ts';
import type { ModelKey } from '../views/runDetails/models.ts';
import type { RunDetails } from '../views/runDetails/runDetails.ts';
import { type Checks, isObject } from './channel.ts';
import type { NoticeRequests } from './notice.ts';

export type { ArtifactEntry, ArtifactPlace, LoggedTable, Preview } from '../views/runDetails/artifacts.ts';
export type { DatasetRow } from '../views/runDetails/datasets.ts';
export type { RunFamily, RunLink } from '../views/runDetails/family.ts';
export type { MetricCurve, MetricPage, MetricQuery, MetricRow, NumberText } from '../views/runDetails/metricRows.ts';
export type { ModelKey, ModelRow } from '../views/runDetails/models.ts';
export type { OriginRow } from '../views/runDetails/origin.ts';
export type { DetailsHeader, DetailsTimes, KeyValue, RunDetails } from '../views/runDetails/runDetails.ts';

/** What the extension tells the details of a run. */
export type RunDetailsEvent =
  /** The parts that changed; all that there is after `ready`. */
  | { readonly kind: 'show'; readonly parts: Partial<RunDetails> }
  /** The user wants to edit the description. */
  | { readonly kind: 'editNote' }
  /** Nothing can be read at the moment; what is shown stays. */
  | { readonly kind: 'failed'; readonly message: string };

/** Where the page leads to. */
export const RUN_ACTIONS = ['charts', 'compare', 'again', 'againWith', 'delete', 'restore', 'purge'] as const;
export type RunAction = (typeof RUN_ACTIONS)[number];
/** What of the run can be copied. */
export const RUN_COPIES = ['id', 'uri', 'artifactUri', 'python', 'markdown'] as const;
export type RunCopy = (typeof RUN_COPIES)[number];
/** What can be done with an artifact, besides being looked at. */
export const ARTIFACT_ACTIONS = ['open', 'page', 'download', 'copyPath', 'copyUri', 'terminal'] as const;
export type ArtifactAction = (typeof ARTIFACT_ACTIONS)[number];

/** What the details ask the extension. */
export type RunDetailsRequests = NoticeRequests & {
  /** The webview listens now. @returns what it keeps in its state, so that the extension can bring the panel back */
  ready(argument: undefined): unknown;
  act(argument: { readonly action: RunAction }): void;
  copy(argument: { readonly what: RunCopy }): void;
  copyText(argument: { readonly text: string }): void;
  rename(argument: { readonly name: string }): void;
  /** @param argument an empty text takes the description away */
  setNote(argument: { readonly text: string }): void;
  setTag(argument: { readonly key: string; readonly value: string }): void;
  deleteTag(argument: { readonly key: string }): void;
  listMetrics(argument: MetricQuery): MetricPage;
  /** What all points of some metrics are like; of those that can be read. */
  readCurves(argument: { readonly keys: readonly string[] }): readonly MetricCurve[];
  showChart(argument: { readonly key: string }): void;
  openRun(argument: { readonly runId: string }): void;
  registerModel(argument: { readonly model: ModelKey }): void;
  openOrigin(argument: { readonly label: string }): void;
  listArtifacts(argument: { readonly place: ArtifactPlace }): readonly ArtifactEntry[];
  preview(argument: { readonly place: ArtifactPlace }): Preview;
  actOnArtifact(argument: { readonly action: ArtifactAction; readonly place: ArtifactPlace }): void;
};

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isPlace(value: unknown): value is ArtifactPlace {
  return isObject(value) && isText(value.path) && (value.modelId === undefined || isText(value.modelId));
}

function isOneOf<T extends string>(values: readonly T[], value: unknown): value is T {
  return (values as readonly unknown[]).includes(value);
}

export function isModelKey(value: unknown): value is ModelKey {
  return isObject(value) && [value.modelId, value.path].filter(isText).length === 1;
}

const hasKey = (argument: unknown): argument is { readonly key: string } => isObject(argument) && isText(argument.key);

export const RUN_DETAILS_CHECKS: Checks<RunDetailsRequests> = {
  act: (it): it is { readonly action: RunAction } => isObject(it) && isOneOf(RUN_ACTIONS, it.action),
  copy: (it): it is { readonly what: RunCopy } => isObject(it) && isOneOf(RUN_COPIES, it.what),
  copyText: (it): it is { readonly text: string } => isObject(it) && isText(it.text),
  rename: (it): it is { readonly name: string } => isObject(it) && isText(it.name),
  setNote: (it): it is { readonly text: string } => isObject(it) && isText(it.text),
  setTag: (it): it is { readonly key: string; readonly value: string } =>
    isObject(it) && isText(it.key) && isText(it.value),
  deleteTag: hasKey,
  listMetrics: (it): it is MetricQuery =>
    isObject(it) && isText(it.filter) && Number.isSafeInteger(it.page) && typeof it.system === 'boolean',
  readCurves: (it): it is { readonly keys: readonly string[] } =>
    isObject(it) && Array.isArray(it.keys) && it.keys.length <= 100 && it.keys.every(isText),
  showChart: hasKey,
  openRun: (it): it is { readonly runId: string } => isObject(it) && isText(it.runId),
  registerModel: (it): it is { readonly model: ModelKey } => isObject(it) && isModelKey(it.model),
  openOrigin: (it): it is { readonly label: string } => isObject(it) && isText(it.label),
  listArtifacts: (it): it is { readonly place: ArtifactPlace } => isObject(it) && isPlace(it.place),
  preview: (it): it is { readonly place: ArtifactPlace } => isObject(it) && isPlace(it.place),
  actOnArtifact: (it): it is { readonly action: ArtifactAction; readonly place: ArtifactPlace } =>
    isObject(it) && isOneOf(ARTIFACT_ACTIONS, it.action) && isPlace(it.place),
};

/** What is kept over a reload. */
export interface RunDetailsState {
  readonly source: unknown;
  readonly scroll: number;
  /** Titles of the sections that were opened or closed by hand. */
  readonly toggled: readonly string[];
  readonly metricFilter: string;
  readonly metricPage: number;
  /** Folders that are open, and the file that is shown, among the artifacts; as texts made by the page. */
  readonly openFolders: readonly string[];
  readonly selected: string | undefined;
}
