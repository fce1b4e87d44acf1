import type { Assessment } from '../../src/entities/assessment.ts';
import type { Experiment } from '../../src/entities/experiment.ts';
import type { LoggedModel } from '../../src/entities/loggedModel.ts';
import type { Metric } from '../../src/entities/metric.ts';
import type { ModelVersion, RegisteredModel } from '../../src/entities/registeredModel.ts';
import type { Run } from '../../src/entities/run.ts';
import type { TraceInfo } from '../../src/entities/trace.ts';
import type { RegistryStore } from '../../src/registry/store.ts';
import type { TrackingStore } from '../../src/tracking/store.ts';

/** All of a store in the shape that `programs/read_state.py` prints, as our stores read it. */
export async function readState(tracking: TrackingStore, registry: RegistryStore, major: number): Promise<unknown> {
  const experiments = await tracking.searchExperiments({ viewType: 'ALL', maxResults: 50_000 });
  const prompts = { filter: "tags.`mlflow.prompt.is_prompt` = 'true'" };
  const models = [
    ...(await registry.searchRegisteredModels({})).items,
    ...(await registry.searchRegisteredModels(prompts)).items,
  ];
  return {
    experiments: await record(experiments.items, (experiment) => experimentState(tracking, experiment, major)),
    models: await record(models, (model) => registeredState(registry, model)),
  };
}

async function record<T extends { readonly name: string }>(items: readonly T[], read: (item: T) => Promise<unknown>) {
  const states: Record<string, unknown> = {};
  for (const item of items) states[item.name] = await read(item);
  return states;
}

async function experimentState(tracking: TrackingStore, experiment: Experiment, major: number): Promise<unknown> {
  const experimentIds = [experiment.experimentId];
  const orderBy = ['start_time', 'attributes.run_name'];
  const runs = await tracking.searchRuns({ experimentIds, viewType: 'ALL', orderBy });
  const traces = await tracking.searchTraces({ experimentIds });
  const states: unknown[] = [];
  for (const run of runs.items) states.push(await runState(tracking, run, major));
  return {
    id: experiment.experimentId,
    stage: experiment.lifecycleStage,
    artifacts: experiment.artifactLocation,
    tags: Object.fromEntries(experiment.tags),
    runs: states,
    traces: byJson(traces.items.map(traceState)),
    ...(major >= 3 &&
      experiment.lifecycleStage === 'active' && {
        models: byJson((await tracking.searchLoggedModels({ experimentIds })).items.map(modelState)),
      }),
  };
}

async function runState(tracking: TrackingStore, { info, data, ...run }: Run, major: number): Promise<unknown> {
  const metrics: Record<string, unknown> = {};
  for (const key of data.metrics.keys()) {
    metrics[key] = (await tracking.getMetricHistory(info.runId, key)).items.map(metricState);
  }
  const datasets = run.datasetInputs.map(({ dataset, tags }) => ({
    name: dataset.name,
    digest: dataset.digest,
    source_type: dataset.sourceType,
    source: dataset.source,
    schema: dataset.schema ?? null,
    profile: dataset.profile ?? null,
    tags: Object.fromEntries(tags),
  }));
  return {
    run_id: info.runId,
    name: info.runName,
    user: info.userId,
    status: info.status,
    stage: info.lifecycleStage,
    start: info.startTime,
    end: info.endTime ?? null,
    artifacts: info.artifactUri,
    params: Object.fromEntries(data.params),
    tags: Object.fromEntries(data.tags),
    metrics,
    datasets: datasets.sort((a, b) => (a.name < b.name ? -1 : 1)),
    outputs: major >= 3 ? run.modelOutputs.map(({ modelId }) => modelId).sort() : [],
  };
}

/** Numbers beyond 2^53 come from Python as JSON numbers, which the test reads as doubles. */
function metricState({ value, timestamp, step }: Metric): unknown[] {
  return [pythonFloat(value), Number(timestamp), Number(step)];
}

/** As Python's `repr` shows a float. */
function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function traceState(trace: TraceInfo): unknown {
  return {
    time: trace.requestTime,
    duration: trace.executionDuration ?? null,
    status: `TraceStatus.${trace.state === 'STATE_UNSPECIFIED' ? 'UNSPECIFIED' : trace.state}`,
    metadata: Object.fromEntries(trace.metadata),
    tags: Object.fromEntries(trace.tags),
    assessments: byJson(trace.assessments.map(assessmentState)),
  };
}

function assessmentState({ name, valid, rationale, metadata, spanId, source, value }: Assessment): unknown {
  return {
    name,
    valid,
    rationale: rationale ?? null,
    metadata: metadata.size === 0 ? null : Object.fromEntries(metadata),
    span: spanId ?? null,
    source: [source.sourceType, source.sourceId ?? null],
    feedback: value.kind === 'feedback' ? [value.value, 'None'] : null,
    expectation: value.kind === 'expectation' ? value.value : null,
  };
}

function modelState(model: LoggedModel): unknown {
  return {
    name: model.name,
    status: model.status.replace(/^LOGGED_MODEL_(?:UPLOAD_)?/, ''),
    type: model.modelType ?? null,
    run: model.sourceRunId ?? null,
    artifacts: model.artifactUri,
    params: Object.fromEntries(model.params),
    tags: Object.fromEntries(model.tags),
    metrics: byJson(model.metrics.map((metric) => [metric.key, ...metricState(metric), metric.datasetName ?? null])),
  };
}

async function registeredState(registry: RegistryStore, model: RegisteredModel): Promise<unknown> {
  const { 'mlflow.prompt.is_prompt': _hiddenByMlflow, ...tags } = Object.fromEntries(model.tags);
  const filter = `name='${model.name}'`;
  const versions = await Promise.all(
    (await registry.searchModelVersions({ filter })).items.map((v) => versionState(registry, v)),
  );
  return {
    description: model.description || null,
    tags,
    aliases: Object.fromEntries(model.aliases),
    versions: versions.sort((a, b) => (a.version < b.version ? -1 : 1)),
  };
}

async function versionState(registry: RegistryStore, version: ModelVersion) {
  return {
    version: version.version,
    stage: version.currentStage,
    source: version.source,
    run: version.runId ?? null,
    link: version.runLink || null,
    description: version.description || null,
    status: version.status,
    tags: Object.fromEntries(version.tags),
    aliases: version.aliases.toSorted(),
    uri: await registry.getDownloadUri(version.name, version.version),
  };
}

/** In an order that hangs on nothing but the content. */
export function byJson(items: readonly unknown[]): unknown[] {
  return items.toSorted((a, b) => (JSON.stringify(sorted(a)) < JSON.stringify(sorted(b)) ? -1 : 1));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
