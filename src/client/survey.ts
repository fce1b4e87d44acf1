import type { Change } from '../entities/change.ts';
import type { Run } from '../entities/run.ts';
import type { RegistryStore } from '../registry/store.ts';
import type { TrackingStore } from '../tracking/store.ts';

/** What a look at a server found: what one reads again to see it, and a text that differs when it has changed. */
export type Survey = ReadonlyMap<string, { readonly change: Change; readonly state: string }>;

/** The newest runs of the server: those that can be expected to change. */
const RUNS = 100;
const EXPERIMENTS = 200;
const MODELS = 100;

/** Looks at what can be expected to change on a server that tells of no changes. */
export async function takeSurvey(tracking: TrackingStore, registry: RegistryStore): Promise<Survey> {
  const [experiments, models] = await Promise.all([
    tracking.searchExperiments({ maxResults: EXPERIMENTS }),
    registry.searchRegisteredModels({ maxResults: MODELS }),
  ]);
  const experimentIds = experiments.items.map(({ experimentId }) => experimentId);
  const runs = await tracking.searchRuns({ experimentIds, maxResults: RUNS, orderBy: ['attributes.start_time DESC'] });
  const entries: [Change, string][] = [
    ...experiments.items.map(({ experimentId, name, lastUpdateTime, tags }): [Change, string] => [
      { kind: 'experiment', experimentId },
      JSON.stringify([name, lastUpdateTime, ...tags]),
    ]),
    ...runs.items.map((run): [Change, string] => [
      { kind: 'run', experimentId: run.info.experimentId, runId: run.info.runId },
      describeRun(run),
    ]),
    ...models.items.map(({ name, lastUpdatedTimestamp }): [Change, string] => [
      { kind: 'registeredModel', name },
      String(lastUpdatedTimestamp),
    ]),
  ];
  return new Map(entries.map(([change, state]) => [JSON.stringify(change), { change, state }]));
}

function describeRun({ info, data, modelOutputs, datasetInputs }: Run): string {
  const metrics = [...data.metrics.values()].map(({ key, value, step, timestamp }) => [key, value, step, timestamp]);
  return [
    ...[info.status, info.endTime, info.runName, info.lifecycleStage, modelOutputs.length, datasetInputs.length],
    ...[...metrics, ...data.params, ...data.tags].flat(),
  ].join('\n');
}

/** What appeared, changed or vanished between two surveys. */
export function compareSurveys(before: Survey, after: Survey): readonly Change[] {
  const vanished = [...before].filter(([key]) => !after.has(key)).map(([, { change }]) => change);
  const changed = [...after].filter(([key, { state }]) => before.get(key)?.state !== state);
  return [...changed.map(([, { change }]) => change), ...vanished];
}
