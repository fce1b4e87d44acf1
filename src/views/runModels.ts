import type { Run } from '../entities/run.ts';

/** A model as a 2.x client logs it: a folder of the run's artifacts, told in a tag. */
export interface RecordedModel {
  /** Below the run's artifact root, `/` between segments. */
  readonly path: string;
  /** Names of the flavors but `python_function`, which nearly all have. */
  readonly flavors: readonly string[];
  readonly modelUuid: string | undefined;
}

/** Ids of the logged models (MLflow 3) that a run made, each once. */
export function loggedModelIds(run: Run): readonly string[] {
  return [...new Set(run.modelOutputs.map(({ modelId }) => modelId))];
}

/** The models of the tag `mlflow.log-model.history` that are not logged models, newest of each path. */
export function recordedModels(run: Run): readonly RecordedModel[] {
  const logged = new Set(loggedModelIds(run));
  const byPath = new Map<string, RecordedModel>();
  for (const entry of parseHistory(run.data.tags.get('mlflow.log-model.history'))) {
    const { artifact_path: path, flavors, model_uuid: uuid } = entry;
    const modelUuid = typeof uuid === 'string' ? uuid : undefined;
    if (typeof path !== 'string' || (modelUuid && logged.has(modelUuid)) || /^[a-z-]+:\//i.test(path)) continue;
    byPath.set(path, { path, flavors: flavorNames(flavors), modelUuid });
  }
  return [...byPath.values()];
}

function parseHistory(tag: string | undefined): readonly Record<string, unknown>[] {
  if (!tag) return [];
  try {
    const list: unknown = JSON.parse(tag);
    return Array.isArray(list) ? list.filter((entry) => typeof entry === 'object' && entry !== null) : [];
  } catch {
    return []; // a tag that anybody may write: what cannot be read is not shown
  }
}

function flavorNames(flavors: unknown): readonly string[] {
  if (typeof flavors !== 'object' || flavors === null) return [];
  const names = Object.keys(flavors);
  return names.length > 1 ? names.filter((name) => name !== 'python_function') : names;
}
