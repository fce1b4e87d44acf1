import type { LoggedModel } from '../entities/loggedModel.ts';
import type { NewModelVersion } from '../entities/registeredModel.ts';
import type { Run } from '../entities/run.ts';

/** What a version of a registered model is made from, as MLflow's own `register_model` tells the registry. */
export interface ModelSource extends Omit<NewModelVersion, 'name'> {
  /** What the user knows the model by. */
  readonly title: string;
}

/** A logged model (MLflow 3) is registered by its id. */
export function loggedModelSource(model: LoggedModel): ModelSource {
  const { modelId, name, sourceRunId } = model;
  return { title: name, source: `models:/${modelId}`, runId: sourceRunId, modelId };
}

/** A model folder among a run's artifacts is registered by its absolute URI. */
export function artifactFolderSource(run: Run, path: string): ModelSource {
  const { artifactUri, runId } = run.info;
  return { title: path.split('/').at(-1) ?? path, source: `${artifactUri.replace(/\/$/, '')}/${path}`, runId };
}
