import type { Run } from '../../src/entities/run.ts';

/** A run of ten metrics and five parameters. @param round other values of the same run */
export function benchRun(number: number, round = 0): Run {
  const runId = number.toString(16).padStart(32, '0');
  const startTime = 1_700_000_000_000 - number * 1_000;
  const metrics = Array.from({ length: 10 }, (_, at) => {
    const value = ((number * 7_919 + at * 31 + round) % 10_007) / 10_007;
    return [`metric${at}`, { key: `metric${at}`, value, step: 0, timestamp: startTime }] as const;
  });
  return {
    info: {
      runId,
      runName: `run-${number}`,
      experimentId: '1',
      userId: 'bench',
      status: 'FINISHED',
      startTime,
      endTime: startTime + 60_000,
      artifactUri: `file:///store/1/${runId}/artifacts`,
      lifecycleStage: 'active',
    },
    data: {
      metrics: new Map(metrics),
      params: new Map(Array.from({ length: 5 }, (_, at) => [`param${at}`, String((number + at) % 10)])),
      tags: new Map([['mlflow.user', 'bench']]),
    },
    datasetInputs: [],
    modelInputs: [],
    modelOutputs: [],
  };
}
