import type { Run, RunStatus } from '../../entities/run.ts';
import { type ColoredRun, RUN_COLOR_TAG, type RunColor, runColor } from '../runColor.ts';
import type { RunColumns } from '../runsTable/runColumns.ts';

/** A run as charts draw it. */
export interface ChartRun extends RunColor {
  readonly runId: string;
  readonly name: string;
  readonly status: RunStatus;
  /** Start of the run (ms since the epoch), for relative times. */
  readonly startTime: number | undefined;
}

/** A run in the list beside the charts. */
export interface ListedRun extends ChartRun {
  /** Latest value of the metric that the list has room for. */
  readonly latest: number | undefined;
}

export function chartRun({ info, data }: Pick<Run, 'info' | 'data'>): ChartRun {
  const { runId, runName, status, startTime } = info;
  return {
    runId,
    name: runName || runId.slice(0, 8),
    status,
    startTime,
    ...runColor(runId, data.tags.get(RUN_COLOR_TAG)),
  };
}

/** What the looks of runs that are kept in columns depend on. */
export function coloredRuns(columns: RunColumns): readonly ColoredRun[] {
  return columns.order.map((slot) => ({
    runId: columns.runId(slot),
    startTime: columns.number(slot, 'attributes.start_time'),
    chosen: columns.text(slot, `tags.${RUN_COLOR_TAG}`),
  }));
}

/** The same of a run that is kept in columns. @param metricKey whose latest value is listed */
export function listedRun(columns: RunColumns, slot: number, metricKey: string | undefined): ListedRun {
  const runId = columns.runId(slot);
  return {
    runId,
    name: columns.text(slot, 'attributes.run_name') ?? runId.slice(0, 8),
    status: (columns.text(slot, 'attributes.status') ?? 'FINISHED') as RunStatus,
    startTime: columns.number(slot, 'attributes.start_time'),
    latest: columns.number(slot, `metrics.${metricKey}`),
    ...runColor(runId, columns.text(slot, `tags.${RUN_COLOR_TAG}`)),
  };
}
