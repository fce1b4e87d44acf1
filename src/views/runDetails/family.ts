import type { Run, RunStatus } from '../../entities/run.ts';
import { quoteValue } from '../filterText.ts';
import { formatNumber } from '../formatNumber.ts';
import { mainMetric } from '../mainMetric.ts';
import { RUN_COLOR_TAG, type RunColor, runColor } from '../runColor.ts';

/** The runs around one: that which started it, and those that it started. */
export interface RunFamily {
  readonly parent: RunLink | undefined;
  readonly children: readonly RunLink[];
  /** There are more children than are listed. */
  readonly hasMore: boolean;
}

export interface RunLink extends RunColor {
  readonly runId: string;
  readonly name: string;
  readonly status: RunStatus;
  /** Its main metric, such as `rmse 0.713`. */
  readonly metric: string | undefined;
}

const PARENT = 'mlflow.parentRunId';

export function parentRunId({ data }: Run): string | undefined {
  return data.tags.get(PARENT) || undefined;
}

/** The filter that finds the runs which one started. */
export function childFilter(runId: string): string {
  return `tags.\`${PARENT}\` = ${quoteValue(runId)}`;
}

export function runLink({ info, data }: Run): RunLink {
  const metric = mainMetric(data.metrics);
  return {
    runId: info.runId,
    name: info.runName || info.runId.slice(0, 8),
    status: info.status,
    metric: metric && `${metric.key} ${formatNumber(metric.value)}`,
    ...runColor(info.runId, data.tags.get(RUN_COLOR_TAG)),
  };
}
