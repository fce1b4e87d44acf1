import { invalidParameter } from '../../../entities/error.ts';
import type { Connection } from '../../services/connections.ts';

const NOTE = 'mlflow.note.content';

/** Gives a run another name. @throws INVALID_PARAMETER_VALUE for an empty one */
export async function renameRun({ tracking }: Connection, runId: string, name: string): Promise<void> {
  if (name.trim() === '') throw invalidParameter('A run needs a name.');
  await tracking.updateRun(runId, { runName: name.trim() });
}

export async function setNote({ tracking }: Connection, runId: string, text: string): Promise<void> {
  await tracking.logBatch(runId, { tags: [{ key: NOTE, value: text }] });
}

/** @throws INVALID_PARAMETER_VALUE for a name that nothing can have, or that is MLflow's own */
export async function setTag(
  { tracking }: Connection,
  runId: string,
  tag: { readonly key: string; readonly value: string },
): Promise<void> {
  const key = tag.key.trim();
  if (key === '') throw invalidParameter('A tag needs a name.');
  if (key.startsWith('mlflow.')) throw invalidParameter('Names that begin with "mlflow." are kept for MLflow itself.');
  await tracking.logBatch(runId, { tags: [{ key, value: tag.value }] });
}
