import { MlflowError } from '../entities/error.ts';
import type { Run } from '../entities/run.ts';
import { copyArtifacts } from './copyArtifacts.ts';
import type { Transfer } from './place.ts';

const HISTORY = 'mlflow.log-model.history';

/** Tells the copy of the models that lie among the run's artifacts, as MLflow 2 tells it. */
export async function copyRecordedModels({ to }: Transfer, run: Run, copyId: string): Promise<void> {
  for (const model of recorded(run.data.tags.get(HISTORY))) {
    await to.tracking.recordModel(copyId, JSON.stringify({ ...model, run_id: copyId }));
  }
}

/** A tag that anybody may write. */
function recorded(tag: string | undefined): readonly Readonly<Record<string, unknown>>[] {
  try {
    const list: unknown = JSON.parse(tag ?? '[]');
    return Array.isArray(list)
      ? list.filter((it) => typeof it === 'object' && typeof it?.artifact_path === 'string')
      : [];
  } catch {
    return [];
  }
}

/** Copies the models that a run made as entities of their own (MLflow 3), with their files. */
export async function copyLoggedModels(
  transfer: Transfer,
  run: Run,
  copyId: string,
  experimentId: string,
): Promise<void> {
  const { from, to, signal } = transfer;
  const steps = new Map(run.modelOutputs.map(({ modelId, step }) => [modelId, step]));
  for (const [modelId, step] of steps) {
    signal?.throwIfAborted();
    try {
      const { name, modelType, params, tags } = await from.tracking.getLoggedModel(modelId);
      const model = await to.tracking.createLoggedModel({
        ...{ experimentId, name, modelType, sourceRunId: copyId, params },
        // What MLflow says there of where it was logged, it says in the tags of the run.
        tags: new Map([...tags].filter(([key]) => key !== HISTORY)),
      });
      await copyArtifacts(transfer, from.artifacts.open(`models:/${modelId}`), to.artifacts.open(model.artifactUri));
      await to.tracking.finalizeLoggedModel(model.modelId, 'LOGGED_MODEL_READY');
      await to.tracking.logOutputs(copyId, [{ modelId: model.modelId, step }]);
    } catch (error) {
      signal?.throwIfAborted();
      // Servers of MLflow 2 know no such models.
      if (!(error instanceof MlflowError)) throw error;
      transfer.missing.push(`${modelId}: ${error.message}`);
    }
  }
}
