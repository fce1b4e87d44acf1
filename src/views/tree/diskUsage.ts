import type { ExperimentUsage } from '../../entities/diskUsage.ts';
import type { Run } from '../../entities/run.ts';
import { formatBytes } from '../formatNumber.ts';
import { count } from './row.ts';

export interface UsageRow {
  readonly name: string;
  /** Absent for what belongs to no run. */
  readonly runId: string | undefined;
  readonly bytes: number;
  readonly isDeleted: boolean;
}

/** What takes how much, the largest first. @param runs those whose names are known */
export function usageRows(usage: ExperimentUsage, runs: readonly Run[]): readonly UsageRow[] {
  const known = new Map(runs.map(({ info }) => [info.runId, info]));
  const rows = usage.runs.map(({ runId, bytes }): UsageRow => {
    const info = known.get(runId);
    return { name: info?.runName || runId, runId, bytes, isDeleted: info?.lifecycleStage === 'deleted' };
  });
  const rest = usage.bytes - rows.reduce((sum, { bytes }) => sum + bytes, 0);
  const others: UsageRow = { name: 'Models, traces and datasets', runId: undefined, bytes: rest, isDeleted: false };
  return [...rows, ...(rest > 0 ? [others] : [])].sort((a, b) => b.bytes - a.bytes);
}

/** `1.2 GB in 12 runs` */
export function describeUsage({ bytes, runs }: ExperimentUsage): string {
  return `${formatBytes(bytes)} in ${count(runs.length, 'run')}`;
}
