import { doesNotExist, invalidParameter, MlflowError } from '../entities/error.ts';
import type { TrackingStore } from '../tracking/store.ts';

export interface ExperimentChoice {
  readonly name?: string | undefined;
  readonly id?: string | undefined;
}

const DEFAULT_ID = '0';

/** The experiment that a run belongs to: by name (made where it is missing), by id, by MLflow's variables, else `0`. */
export async function resolveExperiment(tracking: TrackingStore, choice: ExperimentChoice): Promise<string> {
  if (choice.name && choice.id) {
    throw invalidParameter("Specify only one of 'experiment-name' or 'experiment-id' options.");
  }
  const id = choice.id ?? (choice.name ? undefined : process.env.MLFLOW_EXPERIMENT_ID);
  if (id) return (await tracking.getExperiment(id)).experimentId;
  const name = choice.name ?? process.env.MLFLOW_EXPERIMENT_NAME;
  if (!name) return DEFAULT_ID;
  const existing = await tracking.getExperimentByName(name);
  if (existing?.lifecycleStage === 'deleted') {
    throw doesNotExist(`Experiment '${name}' is deleted. Restore it, or choose another name.`);
  }
  return existing?.experimentId ?? createExperiment(tracking, name);
}

/** Two runs may start at once, and the other one may be first. */
async function createExperiment(tracking: TrackingStore, name: string): Promise<string> {
  try {
    return await tracking.createExperiment({ name });
  } catch (error) {
    const taken = error instanceof MlflowError && error.code === 'RESOURCE_ALREADY_EXISTS';
    const existing = taken ? await tracking.getExperimentByName(name) : undefined;
    if (existing) return existing.experimentId;
    throw error;
  }
}
