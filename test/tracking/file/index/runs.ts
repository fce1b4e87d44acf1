import fc from 'fast-check';
import type { Run } from '../../../../src/entities/run.ts';

const key = fc.constantFrom('acc', 'loss', 'val/loss', 'lr', 'mlflow.user');
const text = fc.oneof(fc.constantFrom('', 'a', 'b', '0.5'), fc.string({ maxLength: 6 }));
const int64 = fc.oneof(fc.nat(50), fc.constant(2n ** 60n));

function mapOf<T>(value: (key: string) => fc.Arbitrary<T>): fc.Arbitrary<Map<string, T>> {
  return fc
    .uniqueArray(key, { maxLength: 5 })
    .chain((keys) => fc.tuple(...keys.map((name) => value(name).map((it) => [name, it] as const))))
    .map((pairs) => new Map<string, T>(pairs));
}

/** Runs as a store may hold them. */
export const runs: fc.Arbitrary<Run[]> = fc
  .array(
    fc.record({
      runName: text,
      experimentId: fc.constantFrom('1', '2'),
      userId: text,
      status: fc.constantFrom('RUNNING', 'FINISHED', 'FAILED', 'KILLED', 'SCHEDULED'),
      startTime: fc.option(fc.nat(20), { nil: undefined }),
      endTime: fc.option(fc.nat(20), { nil: undefined }),
      lifecycleStage: fc.constantFrom('active', 'deleted'),
      hasOwnUri: fc.boolean(),
      metrics: mapOf((name) =>
        fc.record({
          key: fc.constant(name),
          value: fc.oneof(fc.constantFrom(0.5, Number.NaN, -0, Infinity), fc.double()),
          timestamp: int64,
          step: int64,
        }),
      ),
      params: mapOf(() => text),
      tags: mapOf(() => text),
      datasets: fc.array(fc.constantFrom('train', 'test'), { maxLength: 1 }),
      models: fc.array(fc.constantFrom('m-1', 'm-2'), { maxLength: 1 }),
    }),
    { maxLength: 30 },
  )
  .map((all) =>
    all.map(({ hasOwnUri, metrics, params, tags, datasets, models, ...info }, at): Run => {
      const runId = at.toString(16).padStart(32, 'a');
      return {
        info: {
          ...info,
          runId,
          artifactUri: hasOwnUri ? `file:///store/${runId}/artifacts` : 's3://b/$&',
        } as Run['info'],
        data: { metrics, params, tags },
        datasetInputs: datasets.map((name) => ({
          dataset: { name, digest: 'd', sourceType: 'local', source: '', schema: undefined, profile: undefined },
          tags: new Map(),
        })),
        modelInputs: models.map((modelId) => ({ modelId })),
        modelOutputs: models.map((modelId) => ({ modelId, step: 1 })),
      };
    }),
  );
