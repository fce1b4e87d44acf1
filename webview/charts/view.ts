import type { ChartRun, ChartsView } from '../../src/protocol/charts.ts';

export const DEFAULT_VIEW: ChartsView = {
  hiddenRuns: [],
  hiddenGroups: [],
  xAxis: 'step',
  logX: false,
  logY: false,
  smoothing: 0,
  ignoreOutliers: false,
  filter: '',
  columns: 0,
  pinned: [],
  order: [],
  closed: [],
  added: [],
};

/** Runs that are drawn without being asked for: more are too many to tell apart. */
const FIRST = 100;

/** The runs come newest first; of very many only the first are drawn at once. */
export function hiddenAtFirst(runs: readonly ChartRun[]): readonly string[] {
  return runs.slice(FIRST).map(({ runId }) => runId);
}
