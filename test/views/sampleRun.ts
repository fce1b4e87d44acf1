import type { Metric } from '../../src/entities/metric.ts';
import type { Run, RunInfo } from '../../src/entities/run.ts';

/** Noon of a day in November. */
export const NOON = Date.UTC(2026, 10, 23, 12);

export function metric(key: string, value: number, step = 0): Metric {
  return { key, value, step, timestamp: NOON };
}

export interface RunParts {
  readonly info?: Partial<RunInfo>;
  readonly metrics?: readonly Metric[];
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly modelOutputs?: Run['modelOutputs'];
}

/** A finished run of 14 s that began at noon, but for the parts given. */
export function run({ info, metrics = [], params = {}, tags = {}, modelOutputs = [] }: RunParts = {}): Run {
  return {
    info: {
      runId: '0123456789abcdef0123456789abcdef',
      runName: 'bold-wolf-312',
      experimentId: '1',
      userId: 'ada',
      status: 'FINISHED',
      startTime: NOON,
      endTime: NOON + 14_000,
      artifactUri: 'file:///store/1/0123456789abcdef0123456789abcdef/artifacts',
      lifecycleStage: 'active',
      ...info,
    },
    data: {
      metrics: new Map(metrics.map((it) => [it.key, it])),
      params: new Map(Object.entries(params)),
      tags: new Map(Object.entries(tags)),
    },
    datasetInputs: [],
    modelInputs: [],
    modelOutputs,
  };
}
