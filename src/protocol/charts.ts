import type { ListedRun } from '../views/charts/chartRun.ts';
import type { Dimension, DimensionValues } from '../views/charts/dimensions.ts';
import type { Importance } from '../views/charts/importance.ts';
import type { Series } from '../views/charts/series.ts';
import { type Checks, isObject } from './channel.ts';
import { FOLLOWING_CHECKS, type FollowingRequests } from './following.ts';
import type { NoticeRequests } from './notice.ts';
import type { ImageStrip, Picture } from './picture.ts';

export type { ChartRun, ListedRun } from '../views/charts/chartRun.ts';
export type { Dimension, DimensionValues } from '../views/charts/dimensions.ts';
export type { Importance } from '../views/charts/importance.ts';
export type { Series } from '../views/charts/series.ts';

/** What the extension tells the charts. */
export type ChartsEvent =
  /** The runs and what can be drawn of them; comes after `ready`, and again when runs or metrics come or go. */
  | {
      readonly kind: 'show';
      /** What the webview keeps, as after `ready`: runs may have been added. */
      readonly source: unknown;
      /** Whether the selection of a table is shown; absent where none was the beginning. */
      readonly isFollowing: boolean | undefined;
      readonly runs: readonly ListedRun[];
      /** Whose latest values the runs are listed with. */
      readonly mainMetric: string | undefined;
      readonly dimensions: readonly Dimension[];
      /** More runs are being read. */
      readonly isReading: boolean;
    }
  /** Runs went on: their curves are old now. */
  | { readonly kind: 'changed'; readonly runs: readonly ListedRun[] }
  /** Nothing can be read at the moment; what is drawn stays. */
  | { readonly kind: 'failed'; readonly message: string };

/** Curves of one metric are wanted. */
export interface CurvesRequest {
  readonly metricKey: string;
  /** Most points of each. */
  readonly points: number;
  readonly runs: readonly CurveRequest[];
}

export interface CurveRequest {
  readonly runId: string;
  /** Only the points of these steps; all when absent. */
  readonly steps?: { readonly from: number; readonly to: number } | undefined;
}

export interface RunSeries {
  readonly runId: string;
  readonly series: Series;
}

/** Values in the order of `runIds`. */
export interface ValuesReply {
  readonly runIds: readonly string[];
  readonly values: readonly DimensionValues[];
}

export interface ImportanceRequest {
  readonly metricKey: string;
  readonly runIds: readonly string[];
}

/** A picture for a file. */
export interface SavedImage {
  /** Without the ending. */
  readonly name: string;
  readonly format: 'png' | 'svg';
  readonly content: Uint8Array;
}

export interface CsvRequest {
  readonly metricKey: string;
  readonly runIds: readonly string[];
}

export interface PickRequest {
  /** What the dimension is for. */
  readonly title: string;
  /** Kinds that are offered, as ids begin: `metrics`. */
  readonly kinds: readonly string[];
  readonly isNumeric: boolean;
  /** Ids that are chosen; several can be where this is given. */
  readonly chosen?: readonly string[] | undefined;
}

/** What the charts ask the extension. */
export type ChartsRequests = NoticeRequests &
  FollowingRequests & {
    /** The webview listens now. @returns what it keeps in its state, so that the extension can bring the panel back */
    ready(argument: undefined): unknown;
    /** Runs that have no such metric are left out. */
    readCurves(request: CurvesRequest): readonly RunSeries[];
    readValues(dimensionIds: readonly string[]): ValuesReply;
    rankParams(request: ImportanceRequest): readonly Importance[];
    /** All points of the curves, into a file of the user's choice. */
    saveCsv(request: CsvRequest): void;
    saveImage(image: SavedImage): void;
    /** The pictures of some runs, in their order, by name. */
    listImages(runIds: readonly string[]): readonly ImageStrip[];
    readImage(image: { readonly runId: string; readonly path: string }): Picture;
    /** Lets the user choose a dimension, or several. @returns ids; none where he chooses none */
    pickDimensions(request: PickRequest): readonly string[];
    openRun(runId: string): void;
  };

const isText = (value: unknown): value is string => typeof value === 'string';
const areTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);

function ofRuns(value: unknown): value is CsvRequest & ImportanceRequest {
  return isObject(value) && isText(value.metricKey) && areTexts(value.runIds);
}

function isCurveRequest(value: unknown): value is CurveRequest {
  if (!isObject(value) || !isText(value.runId)) return false;
  const { steps } = value;
  return steps === undefined || (isObject(steps) && Number.isFinite(steps.from) && Number.isFinite(steps.to));
}

export const CHARTS_CHECKS: Checks<ChartsRequests> = {
  ...FOLLOWING_CHECKS,
  readCurves: (value): value is CurvesRequest =>
    isObject(value) &&
    isText(value.metricKey) &&
    Number.isInteger(value.points) &&
    Array.isArray(value.runs) &&
    value.runs.every(isCurveRequest),
  readValues: areTexts,
  rankParams: ofRuns,
  saveCsv: ofRuns,
  saveImage: (value): value is SavedImage =>
    isObject(value) &&
    isText(value.name) &&
    (value.format === 'png' || value.format === 'svg') &&
    value.content instanceof Uint8Array,
  listImages: areTexts,
  readImage: (value): value is { readonly runId: string; readonly path: string } =>
    isObject(value) && isText(value.runId) && isText(value.path),
  pickDimensions: (value): value is PickRequest =>
    isObject(value) &&
    isText(value.title) &&
    areTexts(value.kinds) &&
    typeof value.isNumeric === 'boolean' &&
    (value.chosen === undefined || areTexts(value.chosen)),
  openRun: isText,
};

/** What is kept over a reload: which runs are shown (by the extension), and how (by the webview). */
export interface ChartsState {
  readonly source: unknown;
  readonly view: ChartsView;
}

export interface ChartsView {
  readonly hiddenRuns: readonly string[];
  /** Groups that are not drawn, by their labels. */
  readonly hiddenGroups: readonly string[];
  readonly xAxis: 'step' | 'time' | 'relative' | 'metric';
  /** The metric that is the x axis. */
  readonly xMetric?: string | undefined;
  readonly logX: boolean;
  readonly logY: boolean;
  /** 0 for none, up to 0.99. */
  readonly smoothing: number;
  /** The y axis shows the middle of the values, not the few far away. */
  readonly ignoreOutliers: boolean;
  /** Visible part of the x axis in its unit; all of it when absent. */
  readonly range?: Range | undefined;
  /** Id of the dimension whose values group runs to bands. */
  readonly groupBy?: string | undefined;
  /** Regular expression over metric keys. */
  readonly filter: string;
  /** Cards side by side; 0 for as many as there is room for. */
  readonly columns: number;
  /** Metric keys, in the order of the section of pinned cards. */
  readonly pinned: readonly string[];
  /** Metric keys that were moved, in their order. */
  readonly order: readonly string[];
  /** Names of folded sections. */
  readonly closed: readonly string[];
  /** Id of the card that fills the page. */
  readonly full?: string | undefined;
  readonly added: readonly AddedChart[];
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** A chart that the user has added. Dimensions are named by their ids. */
export type AddedChart =
  | { readonly id: string; readonly kind: 'bar'; readonly metric: string }
  | { readonly id: string; readonly kind: 'scatter'; readonly x: string; readonly y: string; readonly color?: string }
  | {
      readonly id: string;
      readonly kind: 'parallel';
      readonly axes: readonly string[];
      readonly color: string;
      /** Axis → the part of it (0 at its bottom, 1 at its top) that runs have to cross, else they are dimmed. */
      readonly limits: Readonly<Record<string, Range>>;
    }
  | { readonly id: string; readonly kind: 'box'; readonly metric: string; readonly by: string }
  | { readonly id: string; readonly kind: 'importance'; readonly metric: string }
  | {
      readonly id: string;
      readonly kind: 'images';
      /** Name of the pictures; the first one when absent. */
      readonly key?: string | undefined;
      /** The last one when absent. */
      readonly step?: number | undefined;
    };
